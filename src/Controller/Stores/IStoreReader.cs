using Agents.Domain.Model;

namespace Agents.Controller.Stores;

/// <summary>What can be read of the store, in one consistent state. Lists are ordered as they say and hold what exists, without tombstones unless said.</summary>
internal interface IStoreReader
{
    /// <summary>The identity of the store, the last epoch that was taken, and the revision that is being read.</summary>
    StoreIdentity Identity { get; }

    /// <summary>The terms in which processes have commanded from this store, and those of later stores that a person has confirmed, by epoch and first revision.</summary>
    IReadOnlyList<EpochTerm> ListEpochTerms();

    /// <summary>A host by id; null when there is none.</summary>
    Host? FindHost(HostId id);

    /// <summary>A host by project and name; null when there is none.</summary>
    Host? FindHost(string project, string name);

    /// <summary>The host of a project that has an address, be it for peers or for applications; null when there is none.</summary>
    Host? FindHostAt(string project, string address);

    /// <summary>The hosts by project and name; of one project, or of all when null.</summary>
    IReadOnlyList<Host> ListHosts(string? project);

    /// <summary>A cluster by id, deleted ones included; null when there is none.</summary>
    Cluster? FindCluster(ClusterId id);

    /// <summary>A cluster that is not deleted, by project and name; null when there is none.</summary>
    Cluster? FindCluster(string project, string name);

    /// <summary>The clusters that are not deleted, by project and name; of one project, or of all when null.</summary>
    IReadOnlyList<Cluster> ListClusters(string? project);

    /// <summary>The deleted clusters whose data lies in the trash, by project, name and id; of one project, or of all when null.</summary>
    IReadOnlyList<Cluster> ListTrash(string? project);

    /// <summary>The instances of a resource, by kind and ordinal.</summary>
    IReadOnlyList<Instance> ListInstances(ResourceRef owner);

    /// <summary>All instances, by owner, kind and ordinal.</summary>
    IReadOnlyList<Instance> ListInstances();

    /// <summary>The networks of resources on hosts, by host and subnet: also of deleted ones whose network is still to be removed there.</summary>
    IReadOnlyList<ResourceNetwork> ListNetworks();

    /// <summary>An operation; null when there is none.</summary>
    Operation? FindOperation(OperationId id);

    /// <summary>Operations, newest first.</summary>
    IReadOnlyList<Operation> ListOperations(OperationFilter filter);

    /// <summary>Operations that have not ended, oldest first: what the runner goes on with.</summary>
    IReadOnlyList<Operation> ListOpenOperations();

    /// <summary>The newest version of a role's credential; null when there is none.</summary>
    Credential? FindCredential(ResourceRef owner, string role);

    /// <summary>The newest version of each credential of a resource, by role.</summary>
    IReadOnlyList<Credential> ListCredentials(ResourceRef owner);

    /// <summary>An image set; null when there is none.</summary>
    ImageSet? FindImageSet(string version);

    /// <summary>The image sets, newest first by the time that they were added.</summary>
    IReadOnlyList<ImageSet> ListImageSets();

    /// <summary>What awaits its removal on hosts that were away, or its purge time.</summary>
    IReadOnlyList<Leftover> ListLeftovers();

    /// <summary>Events after a sequence, oldest first, at most <paramref name="countMax"/>.</summary>
    IReadOnlyList<StoredEvent> ListEvents(long afterSequence, int countMax);

    /// <summary>The last sequence that an operation was given: what a watcher compares before it reads.</summary>
    long LastOperationSequence { get; }

    /// <summary>A user token by the hex SHA-256 of its text, whatever its state; null when there is none.</summary>
    UserToken? FindUserToken(string secretSha256);

    /// <summary>The user tokens by name.</summary>
    IReadOnlyList<UserToken> ListUserTokens();

    /// <summary>The fleet's certificate authorities, newest first: all of them are trusted.</summary>
    IReadOnlyList<StoredAuthority> ListAuthorities();

    /// <summary>The credential of a host; null when there is none.</summary>
    HostIdentity? FindIdentity(HostId id);

    /// <summary>The credential that was given to a request id and key before; null when there is none.</summary>
    HostIdentity? FindIdentity(string requestId, string publicKeySha256);

    /// <summary>The join token of that id; null when there is none.</summary>
    JoinTokenRecord? FindJoinToken(string id);

    /// <summary>The join token whose secret has that hex SHA-256; null when there is none.</summary>
    JoinTokenRecord? FindJoinTokenBySecret(string secretSha256);

    /// <summary>The join tokens, newest first; of one project, or of all when null.</summary>
    IReadOnlyList<JoinTokenRecord> ListJoinTokens(string? project);
}
