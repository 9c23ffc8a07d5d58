namespace Agents.Controller.Links;

/// <summary>One image of the index.</summary>
/// <param name="Archive">The name of its archive, a file beside the index.</param>
/// <param name="ArchiveSha256">The archive's hex SHA-256.</param>
internal sealed record ImageIndexEntry(string Archive, string ArchiveSha256);
