namespace Agents.Cli.Connections;

/// <summary>A target as the environment variables that libpq reads.</summary>
internal static class LibpqVariables
{
    /// <summary>The variables, in the order in which people read them.</summary>
    public static IReadOnlyList<(string Name, string Value)> Of(ConnectionTarget target) =>
    [
        ("PGHOST", string.Join(',', target.Endpoints.Select(endpoint => endpoint.Address))),
        ("PGPORT", string.Join(',', target.Endpoints.Select(endpoint => Text.Invariant($"{endpoint.Port}")))),
        ("PGDATABASE", target.Database),
        ("PGUSER", target.User),
        ("PGPASSWORD", target.Password),
        ("PGSSLMODE", target.SslMode),
        .. target.CaFile is { } file ? [("PGSSLROOTCERT", file)] : Array.Empty<(string, string)>(),
        ("PGCHANNELBINDING", "require"),
        ("PGCONNECT_TIMEOUT", Text.Invariant($"{ConnectionTarget.ConnectSeconds}")),
        ("PGTARGETSESSIONATTRS", target.IsReadWrite ? "read-write" : "any"),
    ];
}
