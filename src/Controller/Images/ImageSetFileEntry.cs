namespace Agents.Controller.Images;

/// <summary>One image of the file.</summary>
/// <param name="Name">Its name, as "postgres".</param>
/// <param name="Reference">Its reference, as "agents/postgres:17-1".</param>
/// <param name="ConfigDigest">The digest of its configuration.</param>
/// <param name="ArchiveSha256">The hex SHA-256 of its archive.</param>
/// <param name="SizeBytes">The size of its archive.</param>
internal sealed record ImageSetFileEntry(string Name, string Reference, string ConfigDigest, string ArchiveSha256, long SizeBytes);
