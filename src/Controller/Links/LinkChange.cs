namespace Agents.Controller.Links;

/// <summary>A session began or ended.</summary>
/// <param name="Session">The session.</param>
/// <param name="Up">Whether it began.</param>
internal sealed record LinkChange(LinkSession Session, bool Up);
