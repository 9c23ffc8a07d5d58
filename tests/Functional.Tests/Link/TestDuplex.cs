using Grpc.Core;
using Grpc.Reflection.V1;

namespace Agents.Functional.Tests.Link;

/// <summary>A bidirectional method: one answer for each message.</summary>
internal sealed class TestDuplex : ServerReflection.ServerReflectionBase
{
    /// <inheritdoc/>
    public override async Task ServerReflectionInfo(
        IAsyncStreamReader<ServerReflectionRequest> requestStream, IServerStreamWriter<ServerReflectionResponse> responseStream, ServerCallContext context)
    {
        await foreach (var request in requestStream.ReadAllAsync(context.CancellationToken))
            await responseStream.WriteAsync(new ServerReflectionResponse { ValidHost = request.Host }, context.CancellationToken);
    }
}
