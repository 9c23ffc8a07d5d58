using Agents.Controller.Stores;
using Agents.Domain.Model;

namespace Agents.Testing.Stores;

/// <summary>One transaction: refuses what the real store's constraints refuse.</summary>
internal sealed class InMemoryWriter(InMemoryState state) : InMemoryReader(state), IStoreWriter
{
    public long TakeEpoch(long atLeast, string termId)
    {
        var (epoch, revision) = (Math.Max(State.Identity.Epoch, atLeast) + 1, State.Identity.Revision);
        State = State with
        {
            Identity = State.Identity with { Epoch = epoch },
            EpochTerms = [.. State.EpochTerms.Select(term => term with { LastRevision = term.LastRevision ?? revision }), new EpochTerm(termId, epoch, revision + 1, null)],
        };
        return epoch;
    }

    public void AcceptEpochTerm(EpochTerm term)
    {
        var known = State.EpochTerms.Find(other => other.Id == term.Id);
        if (known is null)
            State = State with { EpochTerms = State.EpochTerms.Add(term) };
        else if (known.LastRevision < term.LastRevision)
            State = State with { EpochTerms = State.EpochTerms.Replace(known, known with { LastRevision = term.LastRevision }) };
    }

    public void AddHost(Domain.Model.Host host)
    {
        if (FindHost(host.Project, host.Name) is not null)
            throw new NameTakenException("host", host.Name);
        State = State with { Hosts = State.Hosts.Add(host.Id, host) };
    }

    public bool UpdateHost(Domain.Model.Host host, long expectedGeneration)
    {
        if (FindHost(host.Id)?.Generation != expectedGeneration)
            return false;
        State = State with { Hosts = State.Hosts.SetItem(host.Id, host) };
        return true;
    }

    public void RemoveHost(HostId id) => State = State with { Hosts = State.Hosts.Remove(id), Identities = State.Identities.Remove(id) };

    public void AddCluster(Cluster cluster)
    {
        if (FindCluster(cluster.Project, cluster.Name) is not null)
            throw new NameTakenException("cluster", cluster.Name);
        State = State with { Clusters = State.Clusters.Add(cluster.Id, cluster) };
    }

    public bool UpdateCluster(Cluster cluster, long expectedGeneration)
    {
        if (FindCluster(cluster.Id)?.Generation != expectedGeneration)
            return false;
        State = State with { Clusters = State.Clusters.SetItem(cluster.Id, cluster) };
        return true;
    }

    public void AddInstances(IReadOnlyList<Instance> instances)
    {
        foreach (var instance in instances)
            AddInstance(instance);
    }

    public void UpdateInstance(Instance instance)
    {
        var stored = State.Instances.GetValueOrDefault(instance.Id);
        if (stored is null || stored.Owner != instance.Owner || stored.HostId != instance.HostId || stored.Subnet != instance.Subnet)
            throw new InvalidOperationException($"instance {instance.Id} is not in the store, or its owner, host or subnet was to be changed");
        State = State with { Instances = State.Instances.SetItem(instance.Id, instance with { Ports = stored.Ports }) };
    }

    public void RemoveInstance(InstanceId id)
    {
        State = State with { Instances = State.Instances.Remove(id) };
        FreeUnusedNetworks();
    }

    public Operation AddOperation(Operation operation)
    {
        var added = operation with { Sequence = State.OperationSequence + 1 };
        State = State with { OperationSequence = added.Sequence, Operations = State.Operations.Add(added.Id, added) };
        return added;
    }

    public Operation UpdateOperation(Operation operation)
    {
        if (FindOperation(operation.Id) is not { } stored)
            throw new InvalidOperationException($"operation {operation.Id} is not in the store");
        var updated = operation with
        {
            Kind = stored.Kind,
            Project = stored.Project,
            Resource = stored.Resource,
            ResourceName = stored.ResourceName,
            Origin = stored.Origin,
            CreatedAt = stored.CreatedAt,
            Sequence = State.OperationSequence + 1,
        };
        State = State with { OperationSequence = updated.Sequence, Operations = State.Operations.SetItem(updated.Id, updated) };
        return updated;
    }

    public void AddCredential(Credential credential)
    {
        var key = (credential.Owner, credential.Role, credential.Version);
        if (!State.Credentials.ContainsKey(key))
            State = State with { Credentials = State.Credentials.Add(key, credential) };
    }

    public void RemoveCredentials(ResourceRef owner) =>
        State = State with { Credentials = State.Credentials.RemoveRange(State.Credentials.Keys.Where(key => key.Owner == owner)) };

    public void RemoveCredentials(ResourceRef owner, string role) =>
        State = State with { Credentials = State.Credentials.RemoveRange(State.Credentials.Keys.Where(key => key.Owner == owner && key.Role == role)) };

    public void AddImageSet(ImageSet imageSet)
    {
        if (FindImageSet(imageSet.Version) is not { } first)
            State = State with { ImageSets = State.ImageSets.Add(imageSet) };
        else if (!first.Images.SequenceEqual(imageSet.Images))
            throw new InvalidOperationException($"image set {imageSet.Version} is in the store with other images: give the new images a new version");
    }

    public void AddLeftover(Leftover leftover)
    {
        var key = (leftover.HostId, leftover.Kind, leftover.Name);
        if (!State.Leftovers.ContainsKey(key))
            State = State with { Leftovers = State.Leftovers.Add(key, leftover) };
    }

    public void UpdateLeftover(Leftover leftover)
    {
        var key = (leftover.HostId, leftover.Kind, leftover.Name);
        if (State.Leftovers.TryGetValue(key, out var stored))
        {
            State = State with
            {
                Leftovers = State.Leftovers.SetItem(
                    key, stored with { OwnerGeneration = leftover.OwnerGeneration, Generation = leftover.Generation, NotBefore = leftover.NotBefore, OperationId = leftover.OperationId }),
            };
        }
    }

    public void RemoveLeftover(Leftover leftover)
    {
        State = State with { Leftovers = State.Leftovers.Remove((leftover.HostId, leftover.Kind, leftover.Name)) };
        FreeUnusedNetworks();
    }

    public void AddEvent(NewEvent newEvent) =>
        State = State with { LastEvent = State.LastEvent + 1, Events = State.Events.Add(new StoredEvent(State.LastEvent + 1, newEvent)) };

    public int RemoveAged(StoreAges before, int countMax)
    {
        var state = State;
        var events = state.Events.Where(stored => stored.Event.Time < before.Events).Take(countMax).ToList();
        var answers = state.Answers.Where(answer => answer.Value.CreatedAt < before.Answers).Take(countMax).Select(answer => answer.Key).ToList();
        var operations = state.Operations.Values.Where(operation => operation.IsDone && operation.EndedAt < before.Operations
            && state.Leftovers.Values.All(leftover => leftover.OperationId != operation.Id)
            && (state.Operations.Values.Any(later => later.Resource.Id == operation.Resource.Id
                    && (later.CreatedAt > operation.CreatedAt || (later.CreatedAt == operation.CreatedAt && string.CompareOrdinal(later.Id.ToString(), operation.Id.ToString()) > 0)))
                || state.Clusters.Keys.All(id => id.Value != operation.Resource.Id)))
            .OrderBy(operation => operation.CreatedAt).Take(countMax).Select(operation => operation.Id).ToList();
        state = state with { Events = state.Events.RemoveRange(events), Answers = state.Answers.RemoveRange(answers), Operations = state.Operations.RemoveRange(operations) };
        var clusters = state.Clusters.Values.Where(cluster => cluster is { Lifecycle: ClusterLifecycle.Deleted, HeldBy: null, Trash: null or { Gone.Length: > 0 } } && cluster.DeletedAt < before.Clusters
            && state.Instances.Values.All(instance => instance.Owner != cluster.Ref)
            && state.Networks.All(network => network.Owner != cluster.Ref)
            && state.Leftovers.Values.All(leftover => leftover.Owner != cluster.Ref)
            && state.Credentials.Keys.All(credential => credential.Owner != cluster.Ref)
            && state.Operations.Values.All(operation => operation.Resource.Id != cluster.Id.Value || operation.IsDone)).Take(countMax).Select(cluster => cluster.Id).ToList();
        State = state with { Clusters = state.Clusters.RemoveRange(clusters) };
        return events.Count + answers.Count + operations.Count + clusters.Count;
    }

    public IdempotentAnswer? FindIdempotentAnswer(string principal, string requestId) => State.Answers.GetValueOrDefault((principal, requestId));

    public void AddIdempotentAnswer(IdempotentAnswer answer) => State = State with { Answers = State.Answers.Add((answer.Principal, answer.RequestId), answer) };

    public void AddUserToken(UserToken token)
    {
        if (State.UserTokens.Values.Any(other => other.Name == token.Name && other.RevokedAt is null) && token.RevokedAt is null)
            throw new NameTakenException("token", token.Name);
        State = State with { UserTokens = State.UserTokens.Add(token.Id, token) };
    }

    public void UpdateUserToken(UserToken token)
    {
        if (!State.UserTokens.ContainsKey(token.Id))
            throw new InvalidOperationException($"user token {token.Id} is not in the store");
        State = State with { UserTokens = State.UserTokens.SetItem(token.Id, token) };
    }

    public void AddAuthority(StoredAuthority authority) => State = State with { Authorities = State.Authorities.Add(authority) };

    public void AddIdentity(HostIdentity identity)
    {
        if (FindHost(identity.HostId) is null)
            throw new InvalidOperationException("a credential belongs to a host of the store");
        State = State with { Identities = State.Identities.Add(identity.HostId, identity) };
    }

    public void UpdateIdentity(HostIdentity identity)
    {
        if (FindIdentity(identity.HostId) is null)
            throw new InvalidOperationException($"the credential of host {identity.HostId} is not in the store");
        State = State with { Identities = State.Identities.SetItem(identity.HostId, identity) };
    }

    public void AddJoinToken(JoinTokenRecord token) => State = State with { JoinTokens = State.JoinTokens.Add(token.Id, token) };

    public void UpdateJoinToken(JoinTokenRecord token)
    {
        if (FindJoinToken(token.Id)?.SecretSha256 != token.SecretSha256)
            throw new InvalidOperationException($"join token {token.Id} is not in the store");
        State = State with { JoinTokens = State.JoinTokens.SetItem(token.Id, token) };
    }

    public bool RemoveJoinToken(string id)
    {
        var stored = FindJoinToken(id);
        State = State with { JoinTokens = State.JoinTokens.Remove(id) };
        return stored is not null;
    }

    private void AddInstance(Instance instance)
    {
        var others = State.Instances.Values.Where(other => other.HostId == instance.HostId).ToList();
        if (State.Instances.Values.Any(other => other.Owner == instance.Owner && other.Ordinal == instance.Ordinal) || instance.Ports.Values.Distinct().Count() < instance.Ports.Count)
            throw new InvalidOperationException($"an ordinal of {instance.Owner} is used twice, or a port by {instance.Member} itself");
        foreach (var port in instance.Ports.Values.Where(port => others.Any(other => other.Ports.ContainsValue(port))))
            throw new PlacementTakenException($"port {port} of host {instance.HostId} was taken by another plan");
        if (State.Networks.Any(network => network.HostId == instance.HostId && network.Subnet == instance.Subnet != (network.Owner == instance.Owner)))
            throw new PlacementTakenException($"subnet {instance.Subnet} of host {instance.HostId} is another resource's, or its own has another subnet there");
        if ((instance.Owner.Type == ResourceType.PostgresCluster && !State.Clusters.ContainsKey(instance.Owner.ClusterId)) || !State.Hosts.ContainsKey(instance.HostId))
            throw new InvalidOperationException("an instance belongs to a cluster and a host of the store");
        State = State with
        {
            Instances = State.Instances.Add(instance.Id, instance),
            Networks = State.Networks.Add(new ResourceNetwork(instance.HostId, instance.Subnet, instance.Owner)),
        };
    }

    private void FreeUnusedNetworks() => State = State with
    {
        Networks = State.Networks.Except(State.Networks.Where(network =>
            !State.Instances.Values.Any(instance => instance.Owner == network.Owner && instance.HostId == network.HostId)
            && !State.Leftovers.Values.Any(leftover => leftover.Kind == LeftoverKind.Network && leftover.Owner == network.Owner && leftover.HostId == network.HostId))),
    };
}
