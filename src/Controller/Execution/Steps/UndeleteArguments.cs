using System.Collections.Immutable;
using System.Text.Json;
using Agents.Domain.Model;

namespace Agents.Controller.Execution.Steps;

/// <summary>What an undelete needs to know: stored with its operation.</summary>
/// <param name="Away">The hosts that were away when it was asked for: what belongs there is built when they return.</param>
internal sealed record UndeleteArguments(ImmutableHashSet<HostId> Away)
{
    /// <summary>Reads the stored form.</summary>
    public static UndeleteArguments Parse(string json)
    {
        using var document = JsonDocument.Parse(json);
        return new UndeleteArguments([.. document.RootElement.GetProperty("away").EnumerateArray().Select(host => HostId.Parse(host.GetString()!))]);
    }
}
