namespace Agents.Controller.Links;

/// <summary>What is needed here of an image set's <c>images.json</c>.</summary>
/// <param name="Images">The images.</param>
internal sealed record ImageIndex(IReadOnlyList<ImageIndexEntry> Images);
