namespace Agents.Controller.Images;

/// <summary>What is needed here of an image set's <c>images.json</c>.</summary>
/// <param name="Version">The version of the set.</param>
/// <param name="Images">Its images.</param>
internal sealed record ImageSetFile(string Version, IReadOnlyList<ImageSetFileEntry> Images);
