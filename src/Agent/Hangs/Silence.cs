namespace Agents.Agent.Hangs;

/// <summary>For how long one server has given no answer.</summary>
/// <param name="Lasted">For how long; zero when it has just answered.</param>
/// <param name="Led">Whether it took writes by its last answer.</param>
internal readonly record struct Silence(TimeSpan Lasted, bool Led);
