namespace Agents.Agent.Engines.Etcd;

/// <summary>etcd understood and said no: nothing was changed.</summary>
internal sealed class EtcdRefusedException(string message) : Exception(message);
