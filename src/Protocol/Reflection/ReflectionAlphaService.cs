using Google.Protobuf;
using Grpc.Core;
using Grpc.Reflection.V1Alpha;

namespace Agents.Protocol.Reflection;

/// <summary>Server reflection, version 1 alpha, for older tools. Its messages are those of version 1 byte for byte, so version 1 answers.</summary>
public sealed class ReflectionAlphaService(ReflectionIndex index) : ServerReflection.ServerReflectionBase
{
    private readonly ReflectionService _service = new(index);

    /// <inheritdoc/>
    public override async Task ServerReflectionInfo(
        IAsyncStreamReader<ServerReflectionRequest> requestStream, IServerStreamWriter<ServerReflectionResponse> responseStream, ServerCallContext context)
    {
        while (await requestStream.MoveNext(context.CancellationToken))
            await responseStream.WriteAsync(Answer(requestStream.Current), context.CancellationToken);
    }

    private ServerReflectionResponse Answer(ServerReflectionRequest request)
    {
        var question = Grpc.Reflection.V1.ServerReflectionRequest.Parser.ParseFrom(request.ToByteString());
        return ServerReflectionResponse.Parser.ParseFrom(_service.Answer(question).ToByteString());
    }
}
