using System.Globalization;
using System.Text;
using Agents.Controller.Stores;
using Agents.Domain.Model;
using Agents.Testing.Fleet;

namespace Agents.Simulation.Tests;

/// <summary>
/// The world and the store as text, to compare two runs by. What may differ between them is left out: times, messages, epochs, and secrets with what is made from them.
/// </summary>
internal sealed record WorldText(string Fleet, string Store)
{
    /// <summary>Writes it.</summary>
    public static async Task<WorldText> OfAsync(Simulation simulation)
    {
        var now = simulation.Time.GetUtcNow();
        return new WorldText(
            string.Join('\n', simulation.Fleet.Hosts.SelectMany(host => HostLines(simulation.Fleet, host))),
            await simulation.Store.ReadAsync(reader => string.Join('\n', StoreLines(reader, simulation.Cluster.Id, now)), CancellationToken.None));
    }

    private static IEnumerable<string> HostLines(FakeFleet fleet, FakeHost host)
    {
        var name = host.Host.Name;
        foreach (var network in host.Networks.Values)
            yield return $"{name} network {network.Name} {network.Subnet}";
        foreach (var volume in host.Volumes.Values)
            yield return $"{name} volume {volume.Name} data {volume.HasData} configured {volume.ConfigHash.Length > 0}";
        foreach (var container in host.Containers.Values)
            yield return $"{name} container {container.Name} {container.State} {container.Member}";
        foreach (var record in host.Records.Values.OrderBy(record => record.InstanceId.Value))
            yield return $"{name} record {record.InstanceId} {record.Generation} {record.Want} initialised {record.Initialised} configured {record.ConfigHash.Length > 0}";
        foreach (var cluster in host.Containers.Values.Select(container => container.Owner).Distinct())
            yield return EngineLine(fleet.Engine(cluster));
    }

    private static string EngineLine(FakeEngine engine) => string.Create(
        CultureInfo.InvariantCulture,
        $"engine quorum {engine.HasQuorum} leads {engine.Leader is not null} roles {string.Join(',', engine.Roles.Keys)} databases {string.Join(',', engine.Databases)} prepared {string.Join(',', engine.PreparedDatabases)} "
        + $"streaming {engine.Sender().Replicas.Count(replica => replica.State == "streaming")}");

    /// <summary>At which step a cancel is seen depends on when the controller died.</summary>
    private static string StepsOf(Operation operation) =>
        operation.State == OperationState.Cancelled ? "" : string.Join(", ", operation.Steps.Select(step => $"{step.Name} {step.State}"));

    private static IEnumerable<string> StoreLines(IStoreReader reader, ClusterId id, DateTimeOffset now)
    {
        if (reader.FindCluster(id) is { } cluster)
            yield return $"cluster {cluster.Name} {cluster.Lifecycle} held {cluster.HeldBy} next {cluster.NextOrdinal} generation {cluster.Generation} owner generation {cluster.OwnerGeneration}";
        if (reader.FindCluster(id)?.Trash is { } trash)
            yield return $"trash {string.Join(", ", trash.Instances.Select(instance => instance.Member))} positions {string.Join(", ", trash.Nodes)} dated {trash.PurgeAt is not null} purging {trash.IsPurging}";
        foreach (var instance in reader.ListInstances())
        {
            yield return new StringBuilder().Append(CultureInfo.InvariantCulture, $"instance {instance.Id} {instance.Member} on {instance.HostId} {string.Join(',', instance.Ports)} {instance.Subnet} ")
                .Append(CultureInfo.InvariantCulture, $"generation {instance.Generation} initialised {instance.Initialised} {instance.Power} {instance.Revision} {instance.ImageLabel} configured {instance.ConfigHash.Length > 0}").ToString();
        }
        foreach (var operation in reader.ListOperations(new OperationFilter(null, null, null, 100)))
            yield return $"operation {operation.Kind} {operation.State} error {operation.Error?.Reason} {StepsOf(operation)}";
        foreach (var credential in reader.ListCredentials(ResourceRef.Of(id)).OrderBy(credential => credential.Role, StringComparer.Ordinal))
            yield return $"credential {credential.Role} {credential.Version}";
        foreach (var leftover in reader.ListLeftovers().OrderBy(leftover => leftover.HostId.Value).ThenBy(leftover => leftover.Name, StringComparer.Ordinal))
            yield return $"leftover {leftover.HostId} {leftover.Kind} {leftover.Name} due {leftover.NotBefore <= now}";
        foreach (var stored in reader.ListEvents(0, 1000))
            yield return $"event {stored.Event.Kind}";
    }
}
