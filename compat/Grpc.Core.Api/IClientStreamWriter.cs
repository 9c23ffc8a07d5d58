namespace Grpc.Core;

/// <summary>Writes the requests of a call.</summary>
public interface IClientStreamWriter<in T> : IAsyncStreamWriter<T>
{
    /// <summary>Ends the stream of requests; nothing may be written afterwards.</summary>
    Task CompleteAsync();
}
