namespace Agents.Controller.Execution.Engines.Patroni;

/// <summary>A key of etcd that is there.</summary>
/// <param name="IsEmpty">Whether its value is empty.</param>
/// <param name="Revision">The revision of its last change.</param>
internal sealed record EtcdKey(bool IsEmpty, long Revision);
