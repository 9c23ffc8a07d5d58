namespace Agents.Controller.Links;

/// <summary>Which controller process this is, for the greeting of every link.</summary>
internal interface IControllerEpoch
{
    /// <summary>The store id.</summary>
    string ControllerId { get; }

    /// <summary>The epoch of this process.</summary>
    long Epoch { get; }

    /// <summary>An agent has obeyed a controller of this epoch: where it is higher than ours, ours must be taken anew above it.</summary>
    void Observe(long seenEpoch);
}
