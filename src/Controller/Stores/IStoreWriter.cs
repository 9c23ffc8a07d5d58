using Agents.Domain.Model;

namespace Agents.Controller.Stores;

/// <summary>What can be changed in one transaction, and read in it. Every change of a resource adds its event to the outbox in the same transaction.</summary>
internal interface IStoreWriter : IStoreReader
{
    /// <summary>
    /// Takes the next epoch, above the last one and above <paramref name="atLeast"/>, what agents have reported, and begins a term of this id.
    /// </summary>
    long TakeEpoch(long atLeast, string termId);

    /// <summary>Takes a term of another store as known: a person has confirmed that what was commanded in it is lost. One that is known has its last revision raised.</summary>
    void AcceptEpochTerm(EpochTerm term);

    /// <summary>Adds a host. Throws <see cref="NameTakenException"/> when the project has a host of that name.</summary>
    void AddHost(Host host);

    /// <summary>Replaces a host whose stored generation is <paramref name="expectedGeneration"/>; false when it is another.</summary>
    bool UpdateHost(Host host, long expectedGeneration);

    /// <summary>Removes a host that has no instances, with its credential: its name is free again.</summary>
    void RemoveHost(HostId id);

    /// <summary>Adds a cluster. Throws <see cref="NameTakenException"/> when the project has a living cluster of that name.</summary>
    void AddCluster(Cluster cluster);

    /// <summary>Replaces a cluster whose stored generation is <paramref name="expectedGeneration"/>; false when it is another.</summary>
    bool UpdateCluster(Cluster cluster, long expectedGeneration);

    /// <summary>
    /// Adds instances with their ports and subnets. Throws <see cref="PlacementTakenException"/> when a port or a subnet of a host was taken since the plan was made:
    /// plan again.
    /// </summary>
    void AddInstances(IReadOnlyList<Instance> instances);

    /// <summary>Replaces an instance.</summary>
    void UpdateInstance(Instance instance);

    /// <summary>
    /// Removes an instance. Its ports are free again, and so is the subnet when the resource has no other instance on the host and no network there that is still to be removed.
    /// </summary>
    void RemoveInstance(InstanceId id);

    /// <summary>Adds an operation and gives it its first sequence.</summary>
    Operation AddOperation(Operation operation);

    /// <summary>Replaces an operation and gives it the next sequence.</summary>
    Operation UpdateOperation(Operation operation);

    /// <summary>Adds a version of a credential; the same version twice keeps the first.</summary>
    void AddCredential(Credential credential);

    /// <summary>Removes all credentials of a resource.</summary>
    void RemoveCredentials(ResourceRef owner);

    /// <summary>Removes every version of one role's credential.</summary>
    void RemoveCredentials(ResourceRef owner, string role);

    /// <summary>Adds an image set; the same version twice keeps the first, and throws <see cref="InvalidOperationException"/> when its images differ.</summary>
    void AddImageSet(ImageSet imageSet);

    /// <summary>Adds what awaits its removal; twice is once.</summary>
    void AddLeftover(Leftover leftover);

    /// <summary>Changes when, by which generations and for which operation a leftover is removed; one that is not there stays so.</summary>
    void UpdateLeftover(Leftover leftover);

    /// <summary>Removes a leftover that is gone; the subnet of a network is free again.</summary>
    void RemoveLeftover(Leftover leftover);

    /// <summary>
    /// Removes what is older than that, at most <paramref name="countMax"/> of each: events, answers, operations that have ended (but not the last of a cluster that is known, and none
    /// that a leftover names), and deleted clusters of which nothing is left. Returns how many.
    /// </summary>
    int RemoveAged(StoreAges before, int countMax);

    /// <summary>Adds an event to the outbox.</summary>
    void AddEvent(NewEvent newEvent);

    /// <summary>The first answer to a request id of a principal; null when the id is new.</summary>
    IdempotentAnswer? FindIdempotentAnswer(string principal, string requestId);

    /// <summary>Keeps the first answer to a request id.</summary>
    void AddIdempotentAnswer(IdempotentAnswer answer);

    /// <summary>Adds a user token. Throws <see cref="NameTakenException"/> when a token that is not revoked has the name.</summary>
    void AddUserToken(UserToken token);

    /// <summary>Replaces a user token.</summary>
    void UpdateUserToken(UserToken token);

    /// <summary>Adds a certificate authority of the fleet.</summary>
    void AddAuthority(StoredAuthority authority);

    /// <summary>Adds the credential of a host.</summary>
    void AddIdentity(HostIdentity identity);

    /// <summary>Replaces the credential of a host.</summary>
    void UpdateIdentity(HostIdentity identity);

    /// <summary>Adds a join token.</summary>
    void AddJoinToken(JoinTokenRecord token);

    /// <summary>Replaces a join token of the same id and secret.</summary>
    void UpdateJoinToken(JoinTokenRecord token);

    /// <summary>Removes a join token; false when there is none of that id.</summary>
    bool RemoveJoinToken(string id);
}
