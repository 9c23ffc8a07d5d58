namespace Agents.Agent.Engines.Etcd.Wire;

/// <summary>The answer to /v3/cluster/member/list.</summary>
internal sealed record MemberListAnswer
{
    /// <summary>The members.</summary>
    public IReadOnlyList<Member> Members { get; set; } = [];
}
