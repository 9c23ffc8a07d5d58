namespace Agents.Agent.Images;

/// <summary>An image that is to be on the host.</summary>
/// <param name="Reference">The reference, as "agents/postgres:17-1".</param>
/// <param name="Label">The expected value of the label "agents.image".</param>
/// <param name="ConfigDigest">The digest of its configuration, "sha256:…".</param>
/// <param name="ArchiveSha256">The hex SHA-256 of the archive.</param>
/// <param name="ArchiveBytes">The size of the archive.</param>
internal sealed record ImageRequest(string Reference, string Label, string ConfigDigest, string ArchiveSha256, long ArchiveBytes);
