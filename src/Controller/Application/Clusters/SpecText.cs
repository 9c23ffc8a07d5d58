using Agents.Domain.Model;

namespace Agents.Controller.Application.Clusters;

/// <summary>A spec as one text in which no two different specs are the same; for hashes.</summary>
internal static class SpecText
{
    /// <summary>The text. The records print all their properties; only labels need a form of their own.</summary>
    public static string Of(PostgresClusterSpec spec) =>
        $"{spec with { Placement = spec.Placement with { HostLabels = LabelSet.Empty } }} {LabelText.Of(spec.Placement.HostLabels.Values)}";
}
