using System.Text;

namespace Agents.Cli.Connections;

/// <summary>The environment variables of libpq as lines for a shell's eval.</summary>
internal static class EnvironmentFormat
{
    /// <summary>As "export PGHOST='10.0.0.1,10.0.0.2'" and so on.</summary>
    public static string Write(ConnectionTarget target)
    {
        var lines = new StringBuilder();
        Add("PGHOST", string.Join(',', target.Endpoints.Select(endpoint => endpoint.Address)));
        Add("PGPORT", string.Join(',', target.Endpoints.Select(endpoint => Text.Invariant($"{endpoint.Port}"))));
        Add("PGDATABASE", target.Database);
        Add("PGUSER", target.User);
        Add("PGPASSWORD", target.Password);
        Add("PGSSLMODE", target.SslMode);
        if (target.CaFile is { } file)
            Add("PGSSLROOTCERT", file);
        Add("PGTARGETSESSIONATTRS", target.IsReadWrite ? "read-write" : "any");
        return lines.ToString().TrimEnd('\n');

        void Add(string name, string value) => lines.Append("export ").Append(name).Append('=').Append(Quote(value)).Append('\n');
    }

    // Within single quotes a shell expands nothing; a single quote itself has to stand outside.
    private static string Quote(string value) => $"'{value.Replace("'", "'\\''", StringComparison.Ordinal)}'";
}
