using Agents.Agent.Instances;

namespace Agents.Agent.Postgres;

/// <summary>Asks a PostgreSQL server of this host whether it takes writes.</summary>
internal interface IServerProbe
{
    /// <summary>Asks once, and waits no longer than a moment. Fails only when it is cancelled.</summary>
    Task<PostgresAnswer> AskAsync(LocalInstance instance, CancellationToken cancellationToken);
}
