using System.Security.Cryptography;
using System.Text;
using Agents.Controller.Stores;
using Agents.Domain.Scheduling;

namespace Agents.Controller.Application;

/// <summary>
/// What makes a repeated request the same one: the principal and its request id, with a hash over the request, so that another request under the same id is refused
/// and not answered with what was never asked. Without a request id every request is a new one.
/// </summary>
/// <param name="Principal">Who asks.</param>
/// <param name="RequestId">The request id; empty for none.</param>
/// <param name="Hash">The hex SHA-256 of the method and the request.</param>
internal sealed record RequestIdentity(string Principal, string RequestId, string Hash)
{
    /// <summary>The identity of a request. The parts must name all that the answer depends on.</summary>
    public static RequestIdentity Of(Caller caller, string requestId, string method, params ReadOnlySpan<string?> parts)
    {
        var text = new StringBuilder(method);
        foreach (var part in parts)
            text.Append('\0').Append(part is null ? "-" : "+").Append(part);
        return new RequestIdentity(caller.Principal, requestId, Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text.ToString()))));
    }

    /// <summary>The first answer, when this is a repetition. Refused when the id was used for another request.</summary>
    public IdempotentAnswer? FindFirst(IStoreWriter writer)
    {
        if (RequestId.Length == 0 || writer.FindIdempotentAnswer(Principal, RequestId) is not { } first)
            return null;
        return first.RequestHash == Hash ? first : throw Refusals.RequestIdReused(RequestId);
    }

    /// <summary>Keeps this as the first answer.</summary>
    public void Keep(IStoreWriter writer, string resourceId, string operationId, DateTimeOffset now, Placement? placement = null)
    {
        if (RequestId.Length > 0)
            writer.AddIdempotentAnswer(new IdempotentAnswer(Principal, RequestId, Hash, resourceId, operationId, now) { Placement = placement });
    }
}
