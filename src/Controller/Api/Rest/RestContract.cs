using Agents.Controller.Stores;
using Google.Protobuf.Reflection;

namespace Agents.Controller.Api.Rest;

/// <summary>
/// What an endpoint asks for and answers: declared beside its route, obeyed when a request is read, and shown in the OpenAPI document. An endpoint without one is served to no one.
/// </summary>
internal sealed record RestContract
{
    /// <summary>Its name in clients that are made from the OpenAPI document, in lowerCamelCase; no other has the same.</summary>
    public required string OperationId { get; init; }

    /// <summary>What it does, in a line.</summary>
    public required string Summary { get; init; }

    /// <summary>The least role of users that may call it; anyone, without a token, when null.</summary>
    public required UserRole? Role { get; init; }

    /// <summary>The message that the body is read into; no body when null.</summary>
    public MessageDescriptor? Body { get; init; }

    /// <summary>The fields that the body may have.</summary>
    public IReadOnlySet<string> BodyFields { get; init; } = new HashSet<string>();

    /// <summary>The query's parameters.</summary>
    public IReadOnlyList<string> Query { get; init; } = [];

    /// <summary>The status of a success.</summary>
    public int Status { get; init; } = StatusCodes.Status200OK;

    /// <summary>The message of a success; none when null.</summary>
    public MessageDescriptor? Answer { get; init; }

    /// <summary>Whether the success is a stream of events, each with the message.</summary>
    public bool IsStream { get; init; }

    /// <summary>Whether the request may carry an Idempotency-Key.</summary>
    public bool IsIdempotent { get; init; }

    /// <summary>Whether the request may carry an If-Match.</summary>
    public bool IsConditional { get; init; }

    /// <summary>Whether the request must carry an If-Match: what it replaces as a whole must have been read.</summary>
    public bool NeedsEtag { get; init; }
}
