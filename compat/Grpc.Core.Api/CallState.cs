namespace Grpc.Core;

/// <summary>What the four call types have in common: headers, status, trailers and the end of a call, each asked for through the runtime's functions.</summary>
internal sealed class CallState(
    Func<object, Task<Metadata>> responseHeaders, Func<object, Status> getStatus, Func<object, Metadata> getTrailers, Action<object> dispose, object state)
{
    /// <summary>Makes a state from functions that need no argument.</summary>
    public CallState(Task<Metadata> responseHeaders, Func<Status> getStatus, Func<Metadata> getTrailers, Action dispose)
        : this(_ => responseHeaders, _ => getStatus(), _ => getTrailers(), _ => dispose(), new object())
    {
    }

    /// <summary>The headers, when they come.</summary>
    public Task<Metadata> ResponseHeadersAsync => responseHeaders(state);

    /// <summary>The status of a finished call.</summary>
    public Status GetStatus() => getStatus(state);

    /// <summary>The trailers of a finished call.</summary>
    public Metadata GetTrailers() => getTrailers(state);

    /// <summary>Ends the call.</summary>
    public void Dispose() => dispose(state);
}
