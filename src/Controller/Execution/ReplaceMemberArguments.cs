using System.Text.Json;
using System.Text.Json.Nodes;
using Agents.Domain.Model;

namespace Agents.Controller.Execution;

/// <summary>What the replacement of a member needs to know: stored with its operation.</summary>
/// <param name="Lost">The instance that has lost its data.</param>
/// <param name="Replacement">The one that takes its place: ids are never used twice, and this one is chosen before anything is done with it.</param>
internal sealed record ReplaceMemberArguments(InstanceId Lost, InstanceId Replacement)
{
    /// <summary>Reads the stored form.</summary>
    public static ReplaceMemberArguments Parse(string json)
    {
        using var document = JsonDocument.Parse(json);
        InstanceId Id(string name) => InstanceId.Parse(Invariant.NotNull(document.RootElement.GetProperty(name).GetString(), "the arguments of an operation are written with it"));
        return new ReplaceMemberArguments(Id("lost"), Id("replacement"));
    }

    /// <summary>The stored form.</summary>
    public string ToJson() => new JsonObject { ["lost"] = Lost.ToString(), ["replacement"] = Replacement.ToString() }.ToJsonString();
}
