namespace Agents.Controller.Execution.Engines;

/// <summary>Why a new cluster's first node does not lead yet.</summary>
/// <param name="Message">In words for people.</param>
/// <param name="IsCut">Whether it never will: what it began was cut, as by a power failure, before anybody could be let in.</param>
internal sealed record BootstrapSight(string Message, bool IsCut = false);
