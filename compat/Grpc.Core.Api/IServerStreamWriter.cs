namespace Grpc.Core;

/// <summary>Writes the responses of a call; the stream ends when the server's method returns.</summary>
public interface IServerStreamWriter<in T> : IAsyncStreamWriter<T>
{
}
