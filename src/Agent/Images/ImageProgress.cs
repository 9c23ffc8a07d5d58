namespace Agents.Agent.Images;

/// <summary>How far an image is.</summary>
/// <param name="ReceivedBytes">Bytes on the host.</param>
/// <param name="IsPresent">Whether it is loaded.</param>
internal sealed record ImageProgress(long ReceivedBytes, bool IsPresent);
