namespace Agents.Agent.Engines.Etcd;

/// <summary>The member answers, but the cluster cannot agree: most of its members are away or cut off. A change that was asked for may yet be made when they return.</summary>
internal sealed class NoQuorumException(string message, Exception? innerException = null) : Exception(message, innerException);
