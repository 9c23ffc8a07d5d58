namespace Agents.Cli.Api;

/// <summary>The server did not answer. Whether it did what was asked is not known.</summary>
internal sealed class ApiUnreachableException(string message, Exception? inner = null) : Exception(message, inner)
{
    /// <summary>The request id with which the request can be repeated safely; null where nothing could have changed.</summary>
    public string? RequestId { get; init; }
}
