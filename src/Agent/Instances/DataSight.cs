namespace Agents.Agent.Instances;

/// <summary>What was found where an instance's data is to be.</summary>
/// <param name="Trouble">Empty when it is the instance's data; else the reason for which it is not started.</param>
/// <param name="Identity">The identifier that the data carries; empty when it carries none.</param>
internal readonly record struct DataSight(string Trouble, string Identity);
