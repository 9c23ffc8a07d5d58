using System.Collections.Immutable;
using Agents.Controller.Stores;
using Agents.Domain.Model;

namespace Agents.Testing.Stores;

/// <summary>Everything that the in-memory store holds: immutable, so that a transaction is a copy and a rollback is forgetting it.</summary>
internal sealed record InMemoryState
{
    public required StoreIdentity Identity { get; init; }

    public ImmutableList<EpochTerm> EpochTerms { get; init; } = [];

    public long OperationSequence { get; init; }

    public ImmutableDictionary<HostId, Domain.Model.Host> Hosts { get; init; } = ImmutableDictionary<HostId, Domain.Model.Host>.Empty;

    public ImmutableDictionary<ClusterId, Cluster> Clusters { get; init; } = ImmutableDictionary<ClusterId, Cluster>.Empty;

    public ImmutableDictionary<InstanceId, Instance> Instances { get; init; } = ImmutableDictionary<InstanceId, Instance>.Empty;

    public ImmutableHashSet<ResourceNetwork> Networks { get; init; } = [];

    public ImmutableDictionary<OperationId, Operation> Operations { get; init; } = ImmutableDictionary<OperationId, Operation>.Empty;

    public ImmutableDictionary<(ResourceRef Owner, string Role, long Version), Credential> Credentials { get; init; } =
        ImmutableDictionary<(ResourceRef Owner, string Role, long Version), Credential>.Empty;

    public ImmutableList<ImageSet> ImageSets { get; init; } = [];

    public ImmutableDictionary<(HostId Host, LeftoverKind Kind, string Name), Leftover> Leftovers { get; init; } =
        ImmutableDictionary<(HostId Host, LeftoverKind Kind, string Name), Leftover>.Empty;

    public ImmutableList<StoredEvent> Events { get; init; } = [];

    public long LastEvent { get; init; }

    public ImmutableDictionary<(string Principal, string RequestId), IdempotentAnswer> Answers { get; init; } =
        ImmutableDictionary<(string Principal, string RequestId), IdempotentAnswer>.Empty;

    public ImmutableDictionary<Guid, UserToken> UserTokens { get; init; } = ImmutableDictionary<Guid, UserToken>.Empty;

    public ImmutableList<StoredAuthority> Authorities { get; init; } = [];

    public ImmutableDictionary<HostId, HostIdentity> Identities { get; init; } = ImmutableDictionary<HostId, HostIdentity>.Empty;

    public ImmutableDictionary<string, JoinTokenRecord> JoinTokens { get; init; } = ImmutableDictionary<string, JoinTokenRecord>.Empty;
}
