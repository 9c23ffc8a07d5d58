using Agents.Cli.Values;

namespace Agents.Cli.Connections;

/// <summary>The URL of pgjdbc, the driver of Java.</summary>
internal static class JdbcFormat
{
    /// <summary>As "jdbc:postgresql://10.0.0.1:20010,10.0.0.2:20010/app?user=app&amp;…&amp;targetServerType=primary".</summary>
    public static string Write(ConnectionTarget target)
    {
        var hosts = string.Join(',', target.Endpoints.Select(Authority.Of));
        var query = $"user={Uri.EscapeDataString(target.User)}&password={Uri.EscapeDataString(target.Password)}&sslmode={target.SslMode}";
        if (target.CaFile is { } file)
            query += $"&sslrootcert={Uri.EscapeDataString(file)}";
        query += Text.Invariant($"&channelBinding=require&connectTimeout={ConnectionTarget.ConnectSeconds}&tcpKeepAlive=true");
        query += $"&targetServerType={(target.IsReadWrite ? "primary" : "any")}";
        return $"jdbc:postgresql://{hosts}/{Uri.EscapeDataString(target.Database)}?{query}";
    }
}
