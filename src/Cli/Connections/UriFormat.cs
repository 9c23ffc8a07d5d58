using Agents.Cli.Values;

namespace Agents.Cli.Connections;

/// <summary>The URI of libpq, which psql and most drivers read.</summary>
internal static class UriFormat
{
    /// <summary>As "postgresql://app:secret@10.0.0.1:20010,10.0.0.2:20010/app?sslmode=require&amp;…&amp;target_session_attrs=read-write".</summary>
    public static string Write(ConnectionTarget target)
    {
        var hosts = string.Join(',', target.Endpoints.Select(Authority.Of));
        var query = $"sslmode={target.SslMode}";
        if (target.CaFile is { } file)
            query += $"&sslrootcert={Uri.EscapeDataString(file)}";
        query += Text.Invariant($"&channel_binding=require&connect_timeout={ConnectionTarget.ConnectSeconds}&keepalives_idle={ConnectionTarget.KeepaliveSeconds}");
        query += $"&target_session_attrs={(target.IsReadWrite ? "read-write" : "any")}";
        return $"postgresql://{Uri.EscapeDataString(target.User)}:{Uri.EscapeDataString(target.Password)}@{hosts}/{Uri.EscapeDataString(target.Database)}?{query}";
    }
}
