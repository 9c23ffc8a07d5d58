using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Google.Rpc;
using Grpc.Core;
using RpcStatus = Google.Rpc.Status;

namespace Agents.Protocol;

/// <summary>
/// Makes and reads errors that carry a <c>google.rpc.Status</c> with an <c>ErrorInfo</c> in the trailer <c>grpc-status-details-bin</c>.
/// </summary>
public static class RpcErrors
{
    /// <summary>An error with a reason of <see cref="ErrorReasons"/>, a sentence for people and the values that the sentence names.</summary>
    public static RpcException Create(StatusCode code, string reason, string message, params (string Key, string Value)[] metadata) =>
        Create(code, reason, message, [], metadata);

    /// <summary>An error that also carries the fields that are wrong.</summary>
    public static RpcException Create(
        StatusCode code, string reason, string message, IEnumerable<(string Field, string Description)> violations, params (string Key, string Value)[] metadata)
    {
        var info = new ErrorInfo { Reason = reason, Domain = ErrorReasons.Domain };
        foreach (var (key, value) in metadata)
            info.Metadata[key] = value;

        var status = new RpcStatus { Code = (int)code, Message = message };
        status.Details.Add(Any.Pack(info));

        var badRequest = new BadRequest();
        foreach (var (field, description) in violations)
            badRequest.FieldViolations.Add(new BadRequest.Types.FieldViolation { Field = field, Description = description });
        if (badRequest.FieldViolations.Count > 0)
            status.Details.Add(Any.Pack(badRequest));

        return status.ToRpcException();
    }

    /// <summary>The <c>ErrorInfo</c> of an error, or null where it carries none.</summary>
    public static ErrorInfo? InfoOf(RpcException exception) => DetailOf<ErrorInfo>(exception);

    /// <summary>The reason of an error, or an empty string where it carries none.</summary>
    public static string ReasonOf(RpcException exception) => InfoOf(exception)?.Reason ?? "";

    /// <summary>The fields that are wrong, as path and description.</summary>
    public static IReadOnlyList<(string Field, string Description)> ViolationsOf(RpcException exception) =>
        DetailOf<BadRequest>(exception) is { } badRequest ? [.. badRequest.FieldViolations.Select(violation => (violation.Field, violation.Description))] : [];

    private static T? DetailOf<T>(RpcException exception)
        where T : class, IMessage<T>, new()
    {
        try
        {
            return exception.GetRpcStatus()?.GetDetail<T>();
        }
        catch (InvalidProtocolBufferException)
        {
            return null; // Somebody else's trailer of that name says nothing to us.
        }
    }
}
