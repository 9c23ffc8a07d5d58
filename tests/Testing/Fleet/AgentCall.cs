namespace Agents.Testing.Fleet;

/// <summary>A call of an agent, as the test that makes faults sees it.</summary>
/// <param name="Number">Its number in the fleet's life, from 1.</param>
/// <param name="Host">The host.</param>
/// <param name="Method">The method.</param>
/// <param name="IsMutation">Whether it changes something.</param>
internal sealed record AgentCall(int Number, FakeHost Host, string Method, bool IsMutation);
