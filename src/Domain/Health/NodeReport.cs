namespace Agents.Domain.Health;

/// <summary>What a node of a cluster says of itself and of the others, in the words of its engine: only that one can read it.</summary>
public abstract record NodeReport;
