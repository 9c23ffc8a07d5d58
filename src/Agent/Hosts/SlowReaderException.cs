namespace Agents.Agent.Hosts;

/// <summary>A subscriber did not read for so long that its buffer is full.</summary>
internal sealed class SlowReaderException() : Exception("The events were not read fast enough.");
