namespace Agents.Controller.Execution;

/// <summary>Ports that a host holds until this is disposed.</summary>
internal interface IHeldPorts : IAsyncDisposable
{
    /// <summary>Whether each could be bound, in the order of the request.</summary>
    IReadOnlyList<PortCheck> Results { get; }
}
