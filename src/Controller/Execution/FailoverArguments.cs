using System.Text.Json;
using System.Text.Json.Nodes;
using Agents.Domain.Model;

namespace Agents.Controller.Execution;

/// <summary>What a failover needs to know: stored with its operation.</summary>
/// <param name="Primary">The primary that has ended.</param>
internal sealed record FailoverArguments(InstanceId Primary)
{
    /// <summary>Reads the stored form.</summary>
    public static FailoverArguments Parse(string json)
    {
        using var document = JsonDocument.Parse(json);
        return new FailoverArguments(InstanceId.Parse(Invariant.NotNull(document.RootElement.GetProperty("primary").GetString(), "the arguments of an operation are written with it")));
    }

    /// <summary>The stored form.</summary>
    public string ToJson() => new JsonObject { ["primary"] = Primary.ToString() }.ToJsonString();
}
