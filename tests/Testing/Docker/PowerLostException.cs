namespace Agents.Testing.Docker;

/// <summary>The power failed in the middle of a step.</summary>
internal sealed class PowerLostException() : IOException("the power failed");
