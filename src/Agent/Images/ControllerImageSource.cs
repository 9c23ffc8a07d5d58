using System.Net.Security;
using System.Runtime.CompilerServices;
using Agents.Agent.Identity;
using Agents.V1;

namespace Agents.Agent.Images;

/// <summary>Archives from the controller, over a connection of its own for each transfer: bulk never delays a command on the link.</summary>
internal sealed class ControllerImageSource(IIdentitySource identities, IdentityOptions options, TimeProvider timeProvider) : IImageSource
{
    /// <inheritdoc/>
    public async IAsyncEnumerable<ReadOnlyMemory<byte>> ReadAsync(string archiveSha256, long offset, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var identity = await identities.GetAsync(cancellationToken);
        var tls = ControllerTls.For(identity, SslApplicationProtocol.Http2, timeProvider);
        using var channel = ControllerChannel.Dialling(options.Controller, tls);
        var request = new DownloadImageRequest { ArchiveSha256 = archiveSha256, Offset = offset };
        using var call = new ImageService.ImageServiceClient(channel).DownloadImage(request, cancellationToken: cancellationToken);
        while (await call.ResponseStream.MoveNext(cancellationToken))
            yield return call.ResponseStream.Current.Data.Memory;
    }
}
