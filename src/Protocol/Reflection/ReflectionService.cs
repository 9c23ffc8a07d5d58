using Grpc.Core;
using Grpc.Reflection.V1;

namespace Agents.Protocol.Reflection;

/// <summary>Server reflection, version 1. Stateless: every question of a stream is answered by itself, and one that has no answer does not end the stream.</summary>
public sealed class ReflectionService(ReflectionIndex index) : ServerReflection.ServerReflectionBase
{
    /// <inheritdoc/>
    public override async Task ServerReflectionInfo(
        IAsyncStreamReader<ServerReflectionRequest> requestStream, IServerStreamWriter<ServerReflectionResponse> responseStream, ServerCallContext context)
    {
        while (await requestStream.MoveNext(context.CancellationToken))
            await responseStream.WriteAsync(Answer(requestStream.Current), context.CancellationToken);
    }

    /// <summary>The answer to one question.</summary>
    public ServerReflectionResponse Answer(ServerReflectionRequest request)
    {
        var response = new ServerReflectionResponse { ValidHost = request.Host, OriginalRequest = request };
        switch (request.MessageRequestCase)
        {
            case ServerReflectionRequest.MessageRequestOneofCase.ListServices:
                response.ListServicesResponse = new ListServiceResponse { Service = { index.Services.Select(name => new ServiceResponse { Name = name }) } };
                break;
            case ServerReflectionRequest.MessageRequestOneofCase.FileByFilename:
                SetFiles(response, index.FindFile(request.FileByFilename), request.FileByFilename);
                break;
            case ServerReflectionRequest.MessageRequestOneofCase.FileContainingSymbol:
                SetFiles(response, index.FindSymbol(request.FileContainingSymbol), request.FileContainingSymbol);
                break;
            case ServerReflectionRequest.MessageRequestOneofCase.FileContainingExtension:
                var extension = request.FileContainingExtension;
                SetFiles(response, index.FindExtension(extension.ContainingType, extension.ExtensionNumber), $"{extension.ContainingType}[{extension.ExtensionNumber}]");
                break;
            case ServerReflectionRequest.MessageRequestOneofCase.AllExtensionNumbersOfType:
                SetNumbers(response, request.AllExtensionNumbersOfType);
                break;
            default:
                response.ErrorResponse = new ErrorResponse { ErrorCode = (int)StatusCode.Unimplemented, ErrorMessage = "The question is not known." };
                break;
        }

        return response;
    }

    private void SetNumbers(ServerReflectionResponse response, string type)
    {
        if (index.FindExtensionNumbers(type) is { } numbers)
            response.AllExtensionNumbersResponse = new ExtensionNumberResponse { BaseTypeName = type, ExtensionNumber = { numbers } };
        else
            response.ErrorResponse = Missing(type);
    }

    private static void SetFiles(ServerReflectionResponse response, IReadOnlyList<Google.Protobuf.ByteString>? files, string asked)
    {
        if (files is not null)
            response.FileDescriptorResponse = new FileDescriptorResponse { FileDescriptorProto = { files } };
        else
            response.ErrorResponse = Missing(asked);
    }

    private static ErrorResponse Missing(string asked) => new() { ErrorCode = (int)StatusCode.NotFound, ErrorMessage = $"'{asked}' is not known." };
}
