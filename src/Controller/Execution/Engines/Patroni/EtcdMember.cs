namespace Agents.Controller.Execution.Engines.Patroni;

/// <summary>A member of etcd's cluster.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Name">Its name; empty before its first start.</param>
/// <param name="PeerUrls">Where the others reach it.</param>
internal sealed record EtcdMember(string Id, string Name, IReadOnlyList<string> PeerUrls);
