using Agents.Agent.Docker;
using Agents.Agent.Engines;
using Agents.Agent.Engines.Etcd;
using Agents.Agent.Engines.Haproxy;
using Agents.Agent.Engines.Patroni;
using Agents.Agent.Hosts;
using Agents.Agent.Instances;
using Agents.Agent.Postgres;
using Agents.Protocol;
using Grpc.Core;

namespace Agents.Agent.Services;

/// <summary>Which gRPC status a failure is. The only place where the agent's own failures become statuses.</summary>
internal static class StatusMapping
{
    /// <summary>The status of a failure; null for one that is not of ours.</summary>
    public static RpcException? Of(Exception exception) => exception switch
    {
        CommandException command => RpcErrors.Create(CodeOf(command.Reason), command.Reason, command.Message, FieldOf(command), [.. command.Metadata]),
        DockerException docker => RpcErrors.Create(CodeOf(docker.Failure), ReasonOf(docker.Failure), docker.Message),
        SqlFailedException sql => RpcErrors.Create(StatusCode.InvalidArgument, ErrorReasons.SqlFailed, sql.Message, ("sqlstate", sql.SqlState)),
        PostgresUnreachableException => RpcErrors.Create(StatusCode.Unavailable, ErrorReasons.PostgresUnreachable, exception.Message),
        EngineUnreachableException engine => RpcErrors.Create(StatusCode.Unavailable, engine.Reason, engine.Message),
        EngineConfigurationException => RpcErrors.Create(StatusCode.FailedPrecondition, ErrorReasons.ConfigMissing, exception.Message),
        EtcdRefusedException => RpcErrors.Create(StatusCode.FailedPrecondition, ErrorReasons.EtcdRefused, exception.Message),
        NoQuorumException => RpcErrors.Create(StatusCode.FailedPrecondition, ErrorReasons.NoQuorum, exception.Message),
        PatroniRefusedException => RpcErrors.Create(StatusCode.FailedPrecondition, ErrorReasons.PatroniRefused, exception.Message),
        HaproxyUnreachableException => RpcErrors.Create(StatusCode.Unavailable, ErrorReasons.ProxyUnreachable, exception.Message),
        HaproxyRefusedException => RpcErrors.Create(StatusCode.FailedPrecondition, ErrorReasons.ProxyRefused, exception.Message),
        SlowReaderException => RpcErrors.Create(StatusCode.ResourceExhausted, ErrorReasons.LimitReached, exception.Message),
        IOException => RpcErrors.Create(StatusCode.Unavailable, ErrorReasons.Internal, exception.Message),
        _ => null,
    };

    private static StatusCode CodeOf(string reason) => reason switch
    {
        ErrorReasons.InvalidArgument => StatusCode.InvalidArgument,
        ErrorReasons.NotFound => StatusCode.NotFound,
        ErrorReasons.OtherController or ErrorReasons.Policy => StatusCode.PermissionDenied,
        ErrorReasons.SpecificationDiffers => StatusCode.AlreadyExists,
        ErrorReasons.HostDisconnected => StatusCode.Unavailable,
        _ => StatusCode.FailedPrecondition,
    };

    private static StatusCode CodeOf(DockerFailure failure) => failure switch
    {
        DockerFailure.Unreachable => StatusCode.Unavailable,
        DockerFailure.NotFound => StatusCode.NotFound,
        DockerFailure.Conflict => StatusCode.FailedPrecondition,
        DockerFailure.BadRequest => StatusCode.InvalidArgument,
        DockerFailure.Refused => StatusCode.Internal,
    };

    private static string ReasonOf(DockerFailure failure) => failure switch
    {
        DockerFailure.Unreachable => ErrorReasons.DockerUnreachable,
        DockerFailure.NotFound => ErrorReasons.NotFound,
        DockerFailure.Conflict or DockerFailure.BadRequest or DockerFailure.Refused => ErrorReasons.DockerRefused,
    };

    private static IEnumerable<(string Field, string Description)> FieldOf(CommandException command) =>
        command.Reason == ErrorReasons.InvalidArgument
            ? command.Metadata.Where(pair => pair.Key == "field").Select(pair => (pair.Value, command.Message))
            : [];
}
