using System.Net;

namespace Agents.Agent.Engines;

/// <summary>An engine's answer, whole.</summary>
/// <param name="Status">The status.</param>
/// <param name="Body">The body.</param>
internal sealed record EngineAnswer(HttpStatusCode Status, byte[] Body)
{
    /// <summary>Whether the engine did what was asked.</summary>
    public bool Succeeded => (int)Status is >= 200 and < 300;
}
