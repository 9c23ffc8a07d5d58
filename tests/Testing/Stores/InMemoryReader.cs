using Agents.Controller.Stores;
using Agents.Domain.Model;

namespace Agents.Testing.Stores;

/// <summary>Reads one state.</summary>
internal class InMemoryReader(InMemoryState state) : IStoreReader
{
    /// <summary>The state that is read, or that a transaction has come to.</summary>
    public InMemoryState State { get; protected set; } = state;

    public StoreIdentity Identity => State.Identity;

    public IReadOnlyList<EpochTerm> ListEpochTerms() => [.. State.EpochTerms.OrderBy(term => term.Epoch).ThenBy(term => term.FirstRevision).ThenBy(term => term.Id, StringComparer.Ordinal)];

    public long LastOperationSequence => State.OperationSequence;

    public Domain.Model.Host? FindHost(HostId id) => State.Hosts.GetValueOrDefault(id);

    public Domain.Model.Host? FindHost(string project, string name) => State.Hosts.Values.FirstOrDefault(host => host.Project == project && host.Name == name);

    public Domain.Model.Host? FindHostAt(string project, string address) =>
        State.Hosts.Values.FirstOrDefault(host => host.Project == project && (host.ClusterAddress == address || host.ClientAddress == address));

    public IReadOnlyList<Domain.Model.Host> ListHosts(string? project) =>
    [
        .. State.Hosts.Values
            .Where(host => project is null || host.Project == project)
            .OrderBy(host => host.Project, StringComparer.Ordinal).ThenBy(host => host.Name, StringComparer.Ordinal),
    ];

    public Cluster? FindCluster(ClusterId id) => State.Clusters.GetValueOrDefault(id);

    public Cluster? FindCluster(string project, string name) =>
        State.Clusters.Values.FirstOrDefault(cluster => cluster.Project == project && cluster.Name == name && cluster.Lifecycle != ClusterLifecycle.Deleted);

    public IReadOnlyList<Cluster> ListClusters(string? project) =>
    [
        .. State.Clusters.Values
            .Where(cluster => cluster.Lifecycle != ClusterLifecycle.Deleted && (project is null || cluster.Project == project))
            .OrderBy(cluster => cluster.Project, StringComparer.Ordinal).ThenBy(cluster => cluster.Name, StringComparer.Ordinal),
    ];

    public IReadOnlyList<Cluster> ListTrash(string? project) =>
    [
        .. State.Clusters.Values
            .Where(cluster => cluster is { Lifecycle: ClusterLifecycle.Deleted, Trash: not null } && (project is null || cluster.Project == project))
            .OrderBy(cluster => cluster.Project, StringComparer.Ordinal).ThenBy(cluster => cluster.Name, StringComparer.Ordinal).ThenBy(cluster => cluster.Id.ToString(), StringComparer.Ordinal),
    ];

    public IReadOnlyList<Instance> ListInstances(ResourceRef owner) => [.. ListInstances().Where(instance => instance.Owner == owner)];

    public IReadOnlyList<Instance> ListInstances() =>
    [
        .. State.Instances.Values
            .OrderBy(instance => instance.Owner.ToString(), StringComparer.Ordinal).ThenBy(instance => instance.Kind).ThenBy(instance => instance.Ordinal),
    ];

    public IReadOnlyList<ResourceNetwork> ListNetworks() =>
        [.. State.Networks.OrderBy(network => network.HostId.ToString(), StringComparer.Ordinal).ThenBy(network => network.Subnet, StringComparer.Ordinal)];

    public Operation? FindOperation(OperationId id) => State.Operations.GetValueOrDefault(id);

    public IReadOnlyList<Operation> ListOperations(OperationFilter filter)
    {
        var operations = NewestFirst(State.Operations.Values);
        if (filter.Before is { } before)
            operations = operations.SkipWhile(operation => operation.Id != before).Skip(1);
        return
        [
            .. operations
                .Where(operation => filter.Project is null || operation.Project == filter.Project)
                .Where(operation => filter.ResourceId is null || operation.Resource.Id == filter.ResourceId)
                .Take(filter.CountMax),
        ];
    }

    public IReadOnlyList<Operation> ListOpenOperations() => [.. NewestFirst(State.Operations.Values).Reverse().Where(operation => !operation.IsDone)];

    public Credential? FindCredential(ResourceRef owner, string role) => ListCredentials(owner).FirstOrDefault(credential => credential.Role == role);

    public IReadOnlyList<Credential> ListCredentials(ResourceRef owner) =>
    [
        .. State.Credentials.Values
            .Where(credential => credential.Owner == owner)
            .GroupBy(credential => credential.Role)
            .Select(versions => versions.MaxBy(credential => credential.Version)!)
            .OrderBy(credential => credential.Role, StringComparer.Ordinal),
    ];

    public ImageSet? FindImageSet(string version) => State.ImageSets.Find(imageSet => imageSet.Version == version);

    public IReadOnlyList<ImageSet> ListImageSets() => State.ImageSets.Reverse();

    public IReadOnlyList<Leftover> ListLeftovers() =>
    [
        .. State.Leftovers.Values
            .OrderBy(leftover => leftover.NotBefore)
            .ThenBy(leftover => leftover.HostId.ToString(), StringComparer.Ordinal)
            .ThenBy(leftover => leftover.Kind.ToString(), StringComparer.OrdinalIgnoreCase)
            .ThenBy(leftover => leftover.Name, StringComparer.Ordinal),
    ];

    public IReadOnlyList<StoredEvent> ListEvents(long afterSequence, int countMax) => [.. State.Events.Where(stored => stored.Sequence > afterSequence).Take(countMax)];

    public UserToken? FindUserToken(string secretSha256) => State.UserTokens.Values.FirstOrDefault(token => token.SecretSha256 == secretSha256);

    public IReadOnlyList<UserToken> ListUserTokens() =>
        [.. State.UserTokens.Values.OrderBy(token => token.Name, StringComparer.Ordinal).ThenBy(token => token.CreatedAt).ThenBy(token => token.Id)];

    public IReadOnlyList<StoredAuthority> ListAuthorities() => State.Authorities.Reverse();

    public HostIdentity? FindIdentity(HostId id) => State.Identities.GetValueOrDefault(id);

    public HostIdentity? FindIdentity(string requestId, string publicKeySha256) =>
        State.Identities.Values.FirstOrDefault(identity => identity.RequestId == requestId && identity.PublicKeySha256 == publicKeySha256);

    public JoinTokenRecord? FindJoinToken(string id) => State.JoinTokens.GetValueOrDefault(id);

    public JoinTokenRecord? FindJoinTokenBySecret(string secretSha256) => State.JoinTokens.Values.FirstOrDefault(token => token.SecretSha256 == secretSha256);

    public IReadOnlyList<JoinTokenRecord> ListJoinTokens(string? project) =>
    [
        .. State.JoinTokens.Values
            .Where(token => project is null || token.Project == project)
            .OrderByDescending(token => token.CreatedAt).ThenByDescending(token => token.Id, StringComparer.Ordinal),
    ];

    private static IEnumerable<Operation> NewestFirst(IEnumerable<Operation> operations) =>
        operations.OrderByDescending(operation => operation.CreatedAt).ThenByDescending(operation => operation.Id.ToString(), StringComparer.Ordinal);
}
