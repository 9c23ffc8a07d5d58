namespace Agents.Agent.Images;

/// <summary>Messages of this folder; event ids 1400 to 1499.</summary>
internal static partial class Log
{
    [LoggerMessage(1400, LogLevel.Information, "The image {Image} was fetched and loaded ({Bytes} bytes).")]
    public static partial void ImageLoaded(this ILogger logger, string image, long bytes);

    [LoggerMessage(1401, LogLevel.Warning, "Image archives that were begun and not finished were not removed: {Problem}")]
    public static partial void SweepFailed(this ILogger logger, string problem);
}
