namespace Agents.Agent.Images;

/// <summary>Messages of this folder; event ids 1400 to 1499.</summary>
internal static partial class Log
{
    [LoggerMessage(1400, LogLevel.Information, "The image {Image} was fetched and loaded ({Bytes} bytes).")]
    public static partial void ImageLoaded(this ILogger logger, string image, long bytes);
}
