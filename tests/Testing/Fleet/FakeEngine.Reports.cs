using Agents.Domain.Engines.Patroni;
using Agents.Domain.Health;
using Agents.Domain.Model;

namespace Agents.Testing.Fleet;

/// <content>What it says when it is asked.</content>
internal sealed partial class FakeEngine
{
    /// <summary>The cluster as one of its running nodes sees it.</summary>
    public PatroniReport ReportOf(InstanceId instance) => new(
        [
            .. Containers("postgres").Where(node => node.Container.IsAlive || node.Container.Member == Holder).Select(node => new PatroniReport.Member(
                node.Container.Member, node.Container.Member == Holder ? "leader" : "replica", node.Container.IsRunning ? StateOf(node.Container) : "running", Timeline, null, AddressOf(node))),
        ],
        Paused: IsPaused,
        SelfIsLeader: instance == Leader || Pretenders.Contains(instance),
        instance == Leader ? Sender() : SenderReport.Nothing);

    /// <summary>What the primary sends: to its replicas by their names, and to those that copy its data yet by the copying program's.</summary>
    public SenderReport Sender() => new(
        [
            .. Containers("postgres").Where(node => node.Container.IsAlive && node.Container.InstanceId != Leader && !Pretenders.Contains(node.Container.InstanceId))
                .Select(node => new ReplicationReport(StateOf(node.Container) == "streaming" ? node.Container.Member : "pg_basebackup", "streaming", IsCountedOn(node.Container) ? "quorum" : "async", TimeSpan.Zero, 0)),
        ],
        [.. LostSlots]);

    /// <summary>Addresses at which it lists nodes that show themselves elsewhere.</summary>
    public Dictionary<InstanceId, string> ListedAt { get; } = [];

    private string AddressOf((FakeHost Host, FakeContainer Container) node) =>
        $"{ListedAt.GetValueOrDefault(node.Container.InstanceId, node.Host.Host.ClusterAddress)}:{node.Container.Blueprint.Labels["agents.port.postgres"]}";
}
