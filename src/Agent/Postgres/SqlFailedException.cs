namespace Agents.Agent.Postgres;

/// <summary>
/// PostgreSQL refused a statement. There is no inner exception on purpose: Npgsql's carries the statement. PostgreSQL's own words may quote a part of it, so they stand in
/// the message only where a statement holds no secret.
/// </summary>
internal sealed class SqlFailedException(string sqlState, string message) : Exception(message)
{
    /// <summary>PostgreSQL's code, as "42601".</summary>
    public string SqlState => sqlState;
}
