namespace Agents.Agent.Engines.Etcd.Wire;

/// <summary>What every answer begins with.</summary>
internal sealed record EtcdHeader
{
    /// <summary>The member that answers.</summary>
    public ulong MemberId { get; set; }

    /// <summary>The revision of the store.</summary>
    public long Revision { get; set; }
}
