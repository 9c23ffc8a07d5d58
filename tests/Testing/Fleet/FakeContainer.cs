using System.Text.Json;
using Agents.Agent.Hangs;
using Agents.Agent.Postgres;
using Agents.Domain.Engines;
using Agents.Domain.Health;
using Agents.Domain.Model;
using Agents.Words;

namespace Agents.Testing.Fleet;

/// <summary>A container of a host.</summary>
internal sealed class FakeContainer(ContainerBlueprint blueprint)
{
    /// <summary>What it was made from.</summary>
    public ContainerBlueprint Blueprint => blueprint;

    /// <summary>Its name.</summary>
    public string Name => blueprint.Name;

    /// <summary>Its state.</summary>
    public ContainerState State { get; set; } = ContainerState.Created;

    /// <summary>Whether its agent is about to stop it: it ends with the next moment.</summary>
    public bool IsStopping { get; set; }

    /// <summary>The network that it has joined; null before its first start.</summary>
    public FakeNetwork? Network { get; set; }

    /// <summary>Whether a person took it out of its network.</summary>
    public bool IsDetached { get; set; }

    /// <summary>How often it was told to read its configuration again.</summary>
    public int ReloadCount { get; set; }

    /// <summary>Whether a node tells the primary to wait for it no more: so it was configured when it was last started or told to read that again.</summary>
    public bool IsNoSync { get; set; }

    /// <summary>What a proxy was told of the servers behind it, by entrance and node; nothing right after a start.</summary>
    public SortedDictionary<string, bool> Servers { get; } = new(StringComparer.Ordinal);

    /// <summary>For how many moments it has run.</summary>
    public int Age { get; set; }

    /// <summary>For how many moments it has been down since it ended.</summary>
    public int Down { get; set; }

    /// <summary>Whether none of its processes goes on, though all are there.</summary>
    public bool IsFrozen { get; set; }

    /// <summary>Whether a node has not got all of the primary's data yet.</summary>
    public bool IsCopying { get; set; }

    /// <summary>Whether its PostgreSQL is on its way up, and says so.</summary>
    public bool IsStarting { get; set; }

    /// <summary>What its PostgreSQL says when its agent asks it.</summary>
    public PostgresAnswer Answer { get; set; } = PostgresAnswer.Replica;

    /// <summary>For how long that was nothing.</summary>
    public Silence Silence { get; set; }

    /// <summary>Whether its agent knows that a person has paused the engine's failover.</summary>
    public bool IsPauseKnown { get; set; }

    /// <summary>How often it was started.</summary>
    public int Starts { get; private set; }

    /// <summary>The life that it has ended; null while it runs, and where it never did. Each has a minute of its own.</summary>
    public ContainerLife? Ended => State == ContainerState.Exited ? new ContainerLife($"id-{Name}", DateTimeOffset.UnixEpoch.AddMinutes(Starts), DateTimeOffset.UnixEpoch.AddMinutes(Starts).AddSeconds(30)) : null;

    /// <summary>Whether it runs.</summary>
    public bool IsRunning => State == ContainerState.Running;

    /// <summary>Whether it runs, and goes on.</summary>
    public bool IsAlive => IsRunning && !IsFrozen;

    /// <summary>The instance.</summary>
    public InstanceId InstanceId => InstanceId.Parse(blueprint.Labels[ObjectLabels.Instance]);

    /// <summary>The cluster.</summary>
    public ResourceRef Owner => ResourceRef.Parse(blueprint.Labels[ObjectLabels.Owner]);

    /// <summary>The kind's word.</summary>
    public string Kind => blueprint.Labels[ObjectLabels.Kind];

    /// <summary>The member's name.</summary>
    public string Member => blueprint.Labels[ObjectLabels.Member];

    /// <summary>What two specifications are compared by.</summary>
    public string Hash { get; } = HashOf(blueprint);

    /// <summary>What two specifications are compared by.</summary>
    public static string HashOf(ContainerBlueprint blueprint) => JsonSerializer.Serialize(blueprint);

    /// <summary>Runs from now on.</summary>
    public void Start()
    {
        (State, IsStopping, IsFrozen, Silence, Age, Down, Starts) = (ContainerState.Running, false, false, default, 0, 0, Starts + 1);
        Servers.Clear();
    }

    /// <summary>Runs no more.</summary>
    public void End() => (State, IsStopping, Age, Down) = (ContainerState.Exited, false, 0, 0);
}
