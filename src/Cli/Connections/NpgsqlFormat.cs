using System.Data.Common;
using Agents.Cli.Values;

namespace Agents.Cli.Connections;

/// <summary>The connection string of Npgsql, the driver of .NET.</summary>
internal static class NpgsqlFormat
{
    /// <summary>As "Host=10.0.0.1:20010,10.0.0.2:20010;Database=app;…;Target Session Attributes=read-write".</summary>
    public static string Write(ConnectionTarget target)
    {
        var builder = new DbConnectionStringBuilder
        {
            { "Host", string.Join(',', target.Endpoints.Select(Authority.Of)) },
            { "Database", target.Database },
            { "Username", target.User },
            { "Password", target.Password },
            { "SSL Mode", target.CaFile is null ? "Require" : "VerifyFull" },
        };
        if (target.CaFile is { } file)
            builder.Add("Root Certificate", file);
        builder.Add("Channel Binding", "Require");
        builder.Add("Timeout", ConnectionTarget.ConnectSeconds);
        builder.Add("Tcp Keepalive", "true");
        builder.Add("Tcp Keepalive Time", ConnectionTarget.KeepaliveSeconds);
        builder.Add("Target Session Attributes", target.IsReadWrite ? "read-write" : "any");
        return builder.ConnectionString;
    }
}
