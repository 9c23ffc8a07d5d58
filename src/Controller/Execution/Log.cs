using Agents.Domain.Model;

namespace Agents.Controller.Execution;

/// <summary>What execution logs: event ids 3400 to 3499.</summary>
internal static partial class Log
{
    /// <summary>An epoch was taken.</summary>
    [LoggerMessage(3400, LogLevel.Information, "This process commands with epoch {Epoch} of store {StoreId}")]
    public static partial void EpochTaken(ILogger logger, long epoch, string storeId);

    /// <summary>An epoch could not be taken.</summary>
    [LoggerMessage(3401, LogLevel.Warning, "An agent has obeyed epoch {SeenEpoch}, and a higher one could not be taken yet")]
    public static partial void EpochNotTaken(ILogger logger, long seenEpoch, Exception exception);

    /// <summary>A missing image is there again.</summary>
    [LoggerMessage(3410, LogLevel.Information, "The image {Image}, which was missing on host {HostId}, is there again")]
    public static partial void ImageBrought(ILogger logger, string image, HostId hostId);

    /// <summary>A missing image could not be brought.</summary>
    [LoggerMessage(3411, LogLevel.Warning, "The image {Image}, which is missing on host {HostId}, could not be brought yet: {Cause}")]
    public static partial void ImageNotBrought(ILogger logger, string image, HostId hostId, string cause);
}
