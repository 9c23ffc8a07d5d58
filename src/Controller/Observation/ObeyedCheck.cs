using Agents.Controller.Stores;
using Agents.Domain.Model;

namespace Agents.Controller.Observation;

/// <summary>
/// Holds what an agent has obeyed against the store: before anything is commanded over its link, since the store may be a copy of an older day. About an instance only the host is
/// believed that has it: another one says nothing that concerns its cluster.
/// </summary>
internal sealed class ObeyedCheck(IStore store, FleetView fleet, ILogger<ObeyedCheck> logger)
{
    /// <summary>Notes what the store cannot have commanded.</summary>
    public async Task JudgeAsync(HostId host, IReadOnlyCollection<Ticket> obeyed, CancellationToken cancellationToken)
    {
        if (obeyed.Count == 0)
            return;
        var (terms, revision, known) = await store.ReadAsync(reader => (reader.ListEpochTerms(), reader.Identity.Revision, GenerationsOf(reader)), cancellationToken);
        foreach (var ticket in obeyed)
        {
            if (ticket.IsFromALaterStore(terms, revision))
            {
                fleet.Note(new LaterCommand(host, ticket, null));
                Log.StoreIsOlder(logger, host, ticket.Epoch, ticket.StoreRevision, revision);
            }
            else if (known.TryGetValue(ticket.SubjectId, out var subject) && ticket.Generation > subject.Generation && ticket.Generation <= Ticket.GenerationMax && (subject.Host ?? host) == host)
            {
                fleet.Note(new LaterCommand(host, ticket, subject.Owner));
                Log.ClusterIsOlder(logger, host, ticket.SubjectId, ticket.Generation, subject.Generation);
            }
        }
    }

    /// <summary>The generation of each instance, also of one that is still to be removed, with its host, and of each cluster as the owner of its networks, on any host.</summary>
    private static Dictionary<string, (ResourceRef Owner, long Generation, HostId? Host)> GenerationsOf(IStoreReader reader) =>
        reader.ListInstances().Select(instance => (Id: instance.Id.ToString(), instance.Owner, instance.Generation, Host: (HostId?)instance.HostId))
            .Concat(reader.ListLeftovers().Where(leftover => leftover.InstanceId is not null).Select(leftover => (Id: leftover.InstanceId!.Value.ToString(), leftover.Owner, leftover.Generation, Host: (HostId?)leftover.HostId)))
            .Concat(reader.ListClusters(null).Concat(reader.ListTrash(null)).Select(cluster => (Id: cluster.Id.ToString(), Owner: cluster.Ref, Generation: cluster.OwnerGeneration, Host: (HostId?)null)))
            .GroupBy(subject => subject.Id, StringComparer.Ordinal)
            .ToDictionary(subject => subject.Key, subject => (subject.First().Owner, Generation: subject.Max(each => each.Generation), subject.First().Host), StringComparer.Ordinal);
}
