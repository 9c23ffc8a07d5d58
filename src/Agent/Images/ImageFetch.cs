namespace Agents.Agent.Images;

/// <summary>One image on its way, for all who wait for it.</summary>
/// <param name="Download">Its archive.</param>
/// <param name="Done">Ends when the image is loaded, or with the failure.</param>
internal sealed record ImageFetch(ArchiveDownload Download, Task Done);
