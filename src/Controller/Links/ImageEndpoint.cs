using Agents.Protocol;
using Agents.V1;
using Google.Protobuf;
using Grpc.Core;

namespace Agents.Controller.Links;

/// <summary>Serves ImageService on the agents' port. Flow control of the stream is the limit of its memory: one piece at a time.</summary>
internal sealed class ImageEndpoint(ImageArchives archives, ImageTransfers transfers) : ImageService.ImageServiceBase
{
    private const int PieceBytes = 64 * 1024;

    /// <inheritdoc/>
    public override async Task DownloadImage(DownloadImageRequest request, IServerStreamWriter<DownloadImageResponse> responseStream, ServerCallContext context)
    {
        var hostId = context.Host().HostId;
        var path = archives.Find(request.ArchiveSha256)
            ?? throw RpcErrors.Create(StatusCode.NotFound, ErrorReasons.NotFound, $"no image set holds the archive {request.ArchiveSha256}");
        if (!transfers.TryBegin(hostId))
            throw RpcErrors.Create(StatusCode.ResourceExhausted, ErrorReasons.LimitReached, "this agent has as many transfers under way as it may: finish one first");
        try
        {
            await SendAsync(path, request.Offset, responseStream, context.CancellationToken);
        }
        finally
        {
            transfers.End(hostId);
        }
    }

    private static async Task SendAsync(string path, long offset, IServerStreamWriter<DownloadImageResponse> responseStream, CancellationToken cancellationToken)
    {
        await using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 0, FileOptions.Asynchronous | FileOptions.SequentialScan);
        if (offset < 0 || offset > file.Length)
            throw RpcErrors.Create(StatusCode.InvalidArgument, ErrorReasons.InvalidArgument, $"the archive has {file.Length} bytes", violations: [("offset", $"not within 0 to {file.Length}")]);
        file.Position = offset;
        var buffer = new byte[PieceBytes];
        while (await file.ReadAtLeastAsync(buffer, PieceBytes, throwOnEndOfStream: false, cancellationToken) is > 0 and var count)
        {
            // The buffer is free again when the write has returned: the message was serialised by then.
            await responseStream.WriteAsync(new DownloadImageResponse { Data = UnsafeByteOperations.UnsafeWrap(buffer.AsMemory(0, count)) }, cancellationToken);
        }
    }
}
