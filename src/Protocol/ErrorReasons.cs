namespace Agents.Protocol;

/// <summary>The constants of <c>google.rpc.ErrorInfo.reason</c> (domain <see cref="Domain"/>): what programs read where people read the message.</summary>
public static class ErrorReasons
{
    /// <summary>The domain of all reasons.</summary>
    public const string Domain = "agents";

    /// <summary>A controller with a higher epoch was obeyed before.</summary>
    public const string StaleEpoch = "STALE_EPOCH";

    /// <summary>A higher generation of the instance was obeyed before.</summary>
    public const string StaleGeneration = "STALE_GENERATION";

    /// <summary>The object belongs to another controller's store.</summary>
    public const string OtherController = "OTHER_CONTROLLER";

    /// <summary>Another specification exists under the same name.</summary>
    public const string SpecificationDiffers = "SPECIFICATION_DIFFERS";

    /// <summary>The host's own policy forbids it.</summary>
    public const string Policy = "POLICY";

    /// <summary>The Docker Engine of the host does not answer.</summary>
    public const string DockerUnreachable = "DOCKER_UNREACHABLE";

    /// <summary>The Docker Engine refused; its words are in the message.</summary>
    public const string DockerRefused = "DOCKER_REFUSED";

    /// <summary>The image is not on the host.</summary>
    public const string ImageMissing = "IMAGE_MISSING";

    /// <summary>A volume that holds data is not on the host.</summary>
    public const string VolumeMissing = "VOLUME_MISSING";

    /// <summary>The volume is there, and the data that the instance had is not in it any more.</summary>
    public const string DataGone = "DATA_GONE";

    /// <summary>The volume holds other data than the instance had.</summary>
    public const string DataForeign = "DATA_FOREIGN";

    /// <summary>Another container that runs can write to the volume that holds the instance's data.</summary>
    public const string VolumeInUse = "VOLUME_IN_USE";

    /// <summary>The configuration on the volume is not the expected one.</summary>
    public const string ConfigMissing = "CONFIG_MISSING";

    /// <summary>A subnet overlaps with a network, a route or an address of the host; which one is in the metadata.</summary>
    public const string SubnetOverlap = "SUBNET_OVERLAP";

    /// <summary>Another fence holds the instance than the one that is named.</summary>
    public const string FenceDiffers = "FENCE_DIFFERS";

    /// <summary>The fence has ended, and never begins again.</summary>
    public const string FenceEnded = "FENCE_ENDED";

    /// <summary>The container is not down since the end of the life that is named: it runs, or has run since.</summary>
    public const string LifeDiffers = "LIFE_DIFFERS";

    /// <summary>The volume holds data, or may hold it, and the command does not say that it may go.</summary>
    public const string DataPresent = "DATA_PRESENT";

    /// <summary>The instance's record could not be read, and only a person's word replaces it.</summary>
    public const string RecordDamaged = "RECORD_DAMAGED";

    /// <summary>A port is taken on the host.</summary>
    public const string PortTaken = "PORT_TAKEN";

    /// <summary>A new cluster's first node was cut while it began its data.</summary>
    public const string BootstrapCut = "BOOTSTRAP_CUT";

    /// <summary>A port is blocked between two hosts.</summary>
    public const string PortBlocked = "PORT_BLOCKED";

    /// <summary>Only the agent itself, through its record, starts this container.</summary>
    public const string OwnedByAgent = "OWNED_BY_AGENT";

    /// <summary>The instance is fenced.</summary>
    public const string Fenced = "FENCED";

    /// <summary>The container still exists.</summary>
    public const string ContainerExists = "CONTAINER_EXISTS";

    /// <summary>The object does not exist.</summary>
    public const string NotFound = "NOT_FOUND";

    /// <summary>The object exists already.</summary>
    public const string AlreadyExists = "ALREADY_EXISTS";

    /// <summary>The request is malformed; violations are attached.</summary>
    public const string InvalidArgument = "INVALID_ARGUMENT";

    /// <summary>The call has no deadline.</summary>
    public const string DeadlineMissing = "DEADLINE_MISSING";

    /// <summary>The host has no link now.</summary>
    public const string HostDisconnected = "HOST_DISCONNECTED";

    /// <summary>The agent cannot do this; the capability is named in the metadata.</summary>
    public const string CapabilityMissing = "CAPABILITY_MISSING";

    /// <summary>PostgreSQL does not answer.</summary>
    public const string PostgresUnreachable = "POSTGRES_UNREACHABLE";

    /// <summary>PostgreSQL refused the statement; the SQLSTATE is in the metadata.</summary>
    public const string SqlFailed = "SQL_FAILED";

    /// <summary>etcd does not answer.</summary>
    public const string EtcdUnreachable = "ETCD_UNREACHABLE";

    /// <summary>etcd has no quorum.</summary>
    public const string NoQuorum = "NO_QUORUM";

    /// <summary>Patroni does not answer.</summary>
    public const string PatroniUnreachable = "PATRONI_UNREACHABLE";

    /// <summary>Patroni refused; its words are in the message.</summary>
    public const string PatroniRefused = "PATRONI_REFUSED";

    /// <summary>A proxy does not answer.</summary>
    public const string ProxyUnreachable = "PROXY_UNREACHABLE";

    /// <summary>A proxy refused; its words are in the message.</summary>
    public const string ProxyRefused = "PROXY_REFUSED";

    /// <summary>The join token is not known.</summary>
    public const string TokenUnknown = "TOKEN_UNKNOWN";

    /// <summary>The join token has expired.</summary>
    public const string TokenExpired = "TOKEN_EXPIRED";

    /// <summary>The join token was used as often as it may be.</summary>
    public const string TokenUsedUp = "TOKEN_USED_UP";

    /// <summary>The client certificate was revoked.</summary>
    public const string CertificateRevoked = "CERTIFICATE_REVOKED";

    /// <summary>The client certificate has expired.</summary>
    public const string CertificateExpired = "CERTIFICATE_EXPIRED";

    /// <summary>The host is not in the store.</summary>
    public const string HostUnknown = "HOST_UNKNOWN";

    /// <summary>Another agent with the same identity is alive.</summary>
    public const string DuplicateAgent = "DUPLICATE_AGENT";

    /// <summary>No protocol version that both sides speak.</summary>
    public const string ProtocolVersion = "PROTOCOL_VERSION";

    /// <summary>No or a wrong credential.</summary>
    public const string Unauthenticated = "UNAUTHENTICATED";

    /// <summary>The credential's role is too low.</summary>
    public const string PermissionDenied = "PERMISSION_DENIED";

    /// <summary>The resource changed since it was read.</summary>
    public const string EtagMismatch = "ETAG_MISMATCH";

    /// <summary>What replaces a resource as a whole must name the state that it replaces.</summary>
    public const string EtagMissing = "ETAG_MISSING";

    /// <summary>The same request id was used for another request.</summary>
    public const string RequestIdReused = "REQUEST_ID_REUSED";

    /// <summary>The cluster is protected from deletion.</summary>
    public const string DeletionProtected = "DELETION_PROTECTED";

    /// <summary>Another operation holds the resource.</summary>
    public const string OperationInProgress = "OPERATION_IN_PROGRESS";

    /// <summary>The operation is past the point where it can be cancelled.</summary>
    public const string NotCancellable = "NOT_CANCELLABLE";

    /// <summary>Nothing of the cluster lies in the trash.</summary>
    public const string NotInTrash = "NOT_IN_TRASH";

    /// <summary>No feasible placement; the explanation is attached.</summary>
    public const string NoPlacement = "NO_PLACEMENT";

    /// <summary>The controller's store is older than what agents have obeyed: nothing is changed until the restore is confirmed.</summary>
    public const string ObserveOnly = "OBSERVE_ONLY";

    /// <summary>etcd refuses the change of its members, or it would cost the cluster its quorum.</summary>
    public const string EtcdRefused = "ETCD_REFUSED";

    /// <summary>The engine did not hand the lead over; its words are in the message.</summary>
    public const string SwitchoverRefused = "SWITCHOVER_REFUSED";

    /// <summary>Another node leads than the one that was to.</summary>
    public const string LeadElsewhere = "LEAD_ELSEWHERE";

    /// <summary>The host is linked, or was a moment ago.</summary>
    public const string HostLinked = "HOST_LINKED";

    /// <summary>The host carries instances.</summary>
    public const string HostInUse = "HOST_IN_USE";

    /// <summary>A limit was reached.</summary>
    public const string LimitReached = "LIMIT_REACHED";

    /// <summary>A bug of ours.</summary>
    public const string Internal = "INTERNAL";

    /// <summary>The primary that had ended runs again.</summary>
    public const string PrimaryRuns = "PRIMARY_RUNS";

    /// <summary>It is not proved that no process of the instance is left.</summary>
    public const string ExitNotProved = "EXIT_NOT_PROVED";

    /// <summary>The engine does not restart a node.</summary>
    public const string RestartRefused = "RESTART_REFUSED";

    /// <summary>What is to be started is meant to run already.</summary>
    public const string NotStopped = "NOT_STOPPED";

    /// <summary>Too many of a cluster's hosts are away for it to run.</summary>
    public const string HostsAway = "HOSTS_AWAY";

    /// <summary>A cluster cannot do without the nodes that would go.</summary>
    public const string NodesNeeded = "NODES_NEEDED";

    /// <summary>No other node can be chosen that holds every acknowledged commit.</summary>
    public const string NoCandidate = "NO_CANDIDATE";

    /// <summary>The engine has chosen no primary.</summary>
    public const string NoPrimary = "NO_PRIMARY";

    /// <summary>The engine's failover is paused.</summary>
    public const string Paused = "PAUSED";

    /// <summary>A switchover of the engine's own is pending.</summary>
    public const string SwitchoverPending = "SWITCHOVER_PENDING";
}
