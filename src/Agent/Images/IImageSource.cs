namespace Agents.Agent.Images;

/// <summary>Where archives of images come from: the controller, over a connection apart from the link.</summary>
internal interface IImageSource
{
    /// <summary>The archive's bytes from an offset to its end. Throws when the source cannot be reached or does not hold it; what came before counts.</summary>
    IAsyncEnumerable<ReadOnlyMemory<byte>> ReadAsync(string archiveSha256, long offset, CancellationToken cancellationToken);
}
