namespace Agents.Agent.Engines;

/// <summary>An engine's interface gives no answer, or none that it can have made: not running, no connection, another authority's certificate, out of time.</summary>
internal sealed class EngineUnreachableException(EngineInterface engine, string message, Exception? innerException = null)
    : Exception($"{engine.Name} is not reachable: {message}.", innerException)
{
    /// <summary>Which reason of <see cref="Protocol.ErrorReasons"/> this is.</summary>
    public string Reason => engine.UnreachableReason;
}
