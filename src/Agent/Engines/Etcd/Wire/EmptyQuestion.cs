namespace Agents.Agent.Engines.Etcd.Wire;

/// <summary>A question without content.</summary>
internal sealed record EmptyQuestion;
