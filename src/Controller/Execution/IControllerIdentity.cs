namespace Agents.Controller.Execution;

/// <summary>Who commands: settled at start, before the first loop turns.</summary>
internal interface IControllerIdentity
{
    /// <summary>The store's id.</summary>
    string StoreId { get; }

    /// <summary>The epoch of this process.</summary>
    long Epoch { get; }
}
