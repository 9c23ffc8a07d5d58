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
}
