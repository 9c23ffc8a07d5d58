namespace Agents.Controller.Links;

/// <summary>Where archives of images are.</summary>
internal sealed record ImageOptions
{
    /// <summary>A directory with an image set (<c>images.json</c> and its archives), or with one directory for each image set; empty where hosts pull from a registry.</summary>
    public required string Directory { get; init; }

    /// <summary>How many transfers one agent may have under way.</summary>
    public int TransfersMax { get; init; } = 4;
}
