namespace Agents.Controller.Images;

/// <summary>What is logged of image sets: event ids 4040 to 4049.</summary>
internal static partial class Log
{
    /// <summary>A new image set.</summary>
    [LoggerMessage(4040, LogLevel.Information, "Image set {Version} was added from {File}: new clusters are made from it")]
    public static partial void ImageSetAdded(ILogger logger, string version, string file);

    /// <summary>None there.</summary>
    [LoggerMessage(4041, LogLevel.Warning, "{Directory} holds no image set: no cluster can be created until there is one (deploy/images/build)")]
    public static partial void NoImages(ILogger logger, string directory);
}
