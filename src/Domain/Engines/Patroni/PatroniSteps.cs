namespace Agents.Domain.Engines.Patroni;

/// <summary>The names of the steps that operations on Patroni clusters alone have.</summary>
public static class PatroniSteps
{
    /// <summary>Makes and starts the etcd members.</summary>
    public const string StartEtcd = "start etcd";

    /// <summary>Waits until they agree.</summary>
    public const string EtcdQuorum = "etcd quorum";

    /// <summary>Stops them.</summary>
    public const string StopEtcd = "stop etcd";

    /// <summary>Takes the member that has lost its data out of etcd, and what is left of it off its host.</summary>
    public const string RemoveMember = "remove lost member";

    /// <summary>Writes down another one in its place, on the same host and ports.</summary>
    public const string PlaceMember = "place new member";

    /// <summary>Adds it to etcd, without a vote, and starts it.</summary>
    public const string AddMember = "add new member";

    /// <summary>Gives it its vote when it has the data.</summary>
    public const string PromoteMember = "promote new member";

    /// <summary>Takes away the claim to the lead of a primary that has ended.</summary>
    public const string TakeLead = "take the lead away";
}
