using Agents.Controller.Stores;
using Agents.Domain.Model;

namespace Agents.Controller.Observation;

/// <summary>Holds what an agent has obeyed against the store: before anything is commanded over its link, since the store may be a copy of an older day.</summary>
internal sealed class ObeyedCheck(IStore store, FleetView fleet, ILogger<ObeyedCheck> logger)
{
    /// <summary>Notes what the store cannot have commanded.</summary>
    public async Task JudgeAsync(HostId host, IReadOnlyCollection<Ticket> obeyed, CancellationToken cancellationToken)
    {
        if (obeyed.Count == 0)
            return;
        var (terms, revision, instances) = await store.ReadAsync(
            reader => (reader.ListEpochTerms(), reader.Identity.Revision, reader.ListInstances().ToDictionary(instance => instance.Id.ToString(), StringComparer.Ordinal)), cancellationToken);
        foreach (var ticket in obeyed)
        {
            if (ticket.IsFromALaterStore(terms, revision))
            {
                fleet.Note(new LaterCommand(host, ticket, null));
                Log.StoreIsOlder(logger, host, ticket.Epoch, ticket.StoreRevision, revision);
            }
            else if (instances.TryGetValue(ticket.SubjectId, out var instance) && ticket.Generation > instance.Generation)
            {
                fleet.Note(new LaterCommand(host, ticket, instance.Owner));
                Log.ClusterIsOlder(logger, host, instance.Id, ticket.Generation, instance.Generation);
            }
        }
    }
}
