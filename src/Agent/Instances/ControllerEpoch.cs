namespace Agents.Agent.Instances;

/// <summary>The highest epoch of one controller that was obeyed.</summary>
internal sealed record ControllerEpoch(string ControllerId, long Epoch);
