using System.Collections.Frozen;
using Agents.Controller.Application;
using Agents.Controller.Stores;
using Agents.Protocol;
using Grpc.Core;

namespace Agents.Controller.Api;

/// <summary>
/// The only place that makes statuses of gRPC and problems of HTTP: one table from the reasons of refusals to both.
/// </summary>
internal static class Errors
{
    private static readonly FrozenDictionary<string, (StatusCode Grpc, int Http, string Title)> _table =
        new Dictionary<string, (StatusCode Grpc, int Http, string Title)>
        {
            [ErrorReasons.InvalidArgument] = (StatusCode.InvalidArgument, StatusCodes.Status400BadRequest, "The request is not valid"),
            [ErrorReasons.Unauthenticated] = (StatusCode.Unauthenticated, StatusCodes.Status401Unauthorized, "A token is needed"),
            [ErrorReasons.PermissionDenied] = (StatusCode.PermissionDenied, StatusCodes.Status403Forbidden, "Not allowed"),
            [ErrorReasons.NotFound] = (StatusCode.NotFound, StatusCodes.Status404NotFound, "Not found"),
            [ErrorReasons.AlreadyExists] = (StatusCode.AlreadyExists, StatusCodes.Status409Conflict, "It exists already"),
            [ErrorReasons.RequestIdReused] = (StatusCode.AlreadyExists, StatusCodes.Status409Conflict, "The request id was used before"),
            [ErrorReasons.DeletionProtected] = (StatusCode.FailedPrecondition, StatusCodes.Status409Conflict, "Protected from deletion"),
            [ErrorReasons.OperationInProgress] = (StatusCode.FailedPrecondition, StatusCodes.Status409Conflict, "Another operation is under way"),
            [ErrorReasons.NotInTrash] = (StatusCode.FailedPrecondition, StatusCodes.Status409Conflict, "Nothing to bring back"),
            [ErrorReasons.NotCancellable] = (StatusCode.FailedPrecondition, StatusCodes.Status409Conflict, "It cannot be cancelled"),
            [ErrorReasons.NoPlacement] = (StatusCode.FailedPrecondition, StatusCodes.Status409Conflict, "No feasible placement"),
            [ErrorReasons.NoPrimary] = (StatusCode.FailedPrecondition, StatusCodes.Status409Conflict, "No primary is seen"),
            [ErrorReasons.NodesNeeded] = (StatusCode.FailedPrecondition, StatusCodes.Status409Conflict, "These nodes are needed"),
            [ErrorReasons.NotStopped] = (StatusCode.FailedPrecondition, StatusCodes.Status409Conflict, "It runs"),
            [ErrorReasons.HostsAway] = (StatusCode.FailedPrecondition, StatusCodes.Status409Conflict, "Too many hosts are away"),
            [ErrorReasons.NoCandidate] = (StatusCode.FailedPrecondition, StatusCodes.Status409Conflict, "No node can take the lead"),
            [ErrorReasons.ObserveOnly] = (StatusCode.FailedPrecondition, StatusCodes.Status409Conflict, "The store is older than the fleet"),
            [ErrorReasons.ImageMissing] = (StatusCode.FailedPrecondition, StatusCodes.Status409Conflict, "No images"),
            [ErrorReasons.EtagMismatch] = (StatusCode.Aborted, StatusCodes.Status412PreconditionFailed, "It has changed"),
            [ErrorReasons.EtagMissing] = (StatusCode.InvalidArgument, StatusCodes.Status428PreconditionRequired, "An etag is needed"),
            [ErrorReasons.HostLinked] = (StatusCode.FailedPrecondition, StatusCodes.Status409Conflict, "The host is linked"),
            [ErrorReasons.HostInUse] = (StatusCode.FailedPrecondition, StatusCodes.Status409Conflict, "The host carries instances"),
            [ErrorReasons.LimitReached] = (StatusCode.ResourceExhausted, StatusCodes.Status429TooManyRequests, "Too much at once"),
        }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>The reasons that use cases refuse for.</summary>
    public static IEnumerable<string> Reasons => _table.Keys;

    /// <summary>The gRPC error of a refusal.</summary>
    public static RpcException ToRpc(Refusal refusal) => RpcErrors.Create(
        _table[refusal.Reason].Grpc,
        refusal.Reason,
        refusal.Message,
        refusal.Violations.Select(violation => (violation.Path, violation.Message)),
        [.. refusal.Metadata.Select(pair => (pair.Key, pair.Value))]);

    /// <summary>The gRPC error of what was not foreseen: a bug, or a store that is away.</summary>
    public static RpcException ToRpc(Exception exception) => exception is StoreUnavailableException
        ? RpcErrors.Create(StatusCode.Unavailable, StoreUnavailable, StoreUnavailableMessage)
        : RpcErrors.Create(StatusCode.Internal, ErrorReasons.Internal, InternalMessage);

    /// <summary>The end of a stream at shutdown.</summary>
    public static RpcException ShuttingDown() => RpcErrors.Create(StatusCode.Unavailable, NotReady, "the controller is shutting down: ask again");

    /// <summary>The problem of a refusal. The paths of its violations point into the body, or into the query where there is no body.</summary>
    public static Problem ToProblem(Refusal refusal, bool hasBody)
    {
        var (_, status, title) = _table[refusal.Reason];
        return Make(status, refusal.Reason, title, refusal.Message) with
        {
            Violations = [.. refusal.Violations.Select(violation => violation with { Path = PathOf(violation.Path, hasBody) })],
            Metadata = refusal.Metadata,
        };
    }

    /// <summary>The problem of what was not foreseen.</summary>
    public static Problem ToProblem(Exception exception) => exception switch
    {
        StoreUnavailableException => Make(StatusCodes.Status503ServiceUnavailable, StoreUnavailable, "The store is away", StoreUnavailableMessage),
        BadHttpRequestException { StatusCode: StatusCodes.Status413PayloadTooLarge } => ToProblem(StatusCodes.Status413PayloadTooLarge),
        BadHttpRequestException { StatusCode: var status } => ToProblem(status),
        _ => Make(StatusCodes.Status500InternalServerError, ErrorReasons.Internal, "A bug", InternalMessage),
    };

    /// <summary>The problem of a status that no use case gave: by the server itself.</summary>
    public static Problem ToProblem(int status) => status switch
    {
        StatusCodes.Status404NotFound => Make(status, ErrorReasons.NotFound, "Not found", "there is nothing at this address: see /openapi/v1.json for what there is"),
        StatusCodes.Status405MethodNotAllowed => Make(status, "METHOD_NOT_ALLOWED", "Not that method", "this address has other methods: the header Allow names them"),
        StatusCodes.Status413PayloadTooLarge => Make(status, ErrorReasons.LimitReached, "Too large", "a request has at most 1 MiB"),
        StatusCodes.Status415UnsupportedMediaType => Make(status, ErrorReasons.InvalidArgument, "Not that content type", "send the body as Content-Type: application/json"),
        StatusCodes.Status421MisdirectedRequest => Make(
            status, ErrorReasons.PermissionDenied, "Not that host", "the header Host names a host that this controller does not serve: use its address, or add the name to allowed_hosts in its configuration"),
        StatusCodes.Status503ServiceUnavailable => Make(status, NotReady, "Not ready", "the controller is starting or shutting down"),
        _ => Make(status, ErrorReasons.InvalidArgument, "The request is not valid", "the request could not be understood"),
    };

    private const string NotReady = "NOT_READY";
    private const string StoreUnavailable = "STORE_UNAVAILABLE";
    private const string StoreUnavailableMessage = "the store cannot be used now; nothing was changed: try again, and look at the controller's log and disk";
    private const string InternalMessage = "something went wrong that should not: the controller's log has it under this request id";

    private static Problem Make(int status, string reason, string title, string detail) => new() { Status = status, Reason = reason, Title = title, Detail = detail };

    private static string PathOf(string path, bool hasBody) => path[0] is '$' or '?' ? path : hasBody ? $"$.{path}" : $"?{path}";
}
