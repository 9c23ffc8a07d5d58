namespace Agents.Testing.Stores;

/// <summary>The process died here, as the test asked: nothing of it goes on, and only what was committed is left.</summary>
internal sealed class SimulatedCrashException(string message) : Exception(message);
