namespace Agents.Agent.Instances;

/// <summary>Who commands and for which state of which instance; checked for form already.</summary>
/// <param name="ControllerId">The controller's store id.</param>
/// <param name="Epoch">The controller's epoch; at least 1.</param>
/// <param name="InstanceId">The instance; empty for what belongs to none.</param>
/// <param name="Generation">The instance's generation; at least 1 where there is an instance.</param>
/// <param name="ClusterId">The cluster; empty where there is none.</param>
internal sealed record Command(string ControllerId, long Epoch, string InstanceId, long Generation, string ClusterId)
{
    /// <summary>Whether the command is about one instance.</summary>
    public bool HasInstance => InstanceId.Length > 0;
}
