namespace Agents.Controller.Stores;

/// <summary>What a leftover is.</summary>
internal enum LeftoverKind
{
    /// <summary>An instance: its container and its record.</summary>
    Instance,

    /// <summary>A volume and its data.</summary>
    Volume,

    /// <summary>A network.</summary>
    Network,
}
