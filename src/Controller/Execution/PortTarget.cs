namespace Agents.Controller.Execution;

/// <summary>An address and a port.</summary>
internal readonly record struct PortTarget(string Address, int Port);
