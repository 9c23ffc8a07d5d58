using System.Collections.Immutable;
using System.Globalization;
using Agents.Words;

namespace Agents.Domain.Health;

/// <summary>What a container's labels say of the instance that it was made for, whether the store knows that or not.</summary>
/// <param name="Kind">The kind's word.</param>
/// <param name="Member">The instance's name in its engine.</param>
/// <param name="ImageLabel">The label of its image.</param>
/// <param name="PortList">Its published ports, as "postgres=20000 rest=20001".</param>
public sealed record ContainerLabels(string Kind, string Member, string ImageLabel, string PortList)
{
    /// <summary>Reads them; empty texts where there are none.</summary>
    public static ContainerLabels Of(IEnumerable<KeyValuePair<string, string>> labels)
    {
        var known = labels.ToImmutableSortedDictionary(label => label.Key, label => label.Value, StringComparer.Ordinal);
        return new ContainerLabels(
            known.GetValueOrDefault(ObjectLabels.Kind, ""),
            known.GetValueOrDefault(ObjectLabels.Member, ""),
            known.GetValueOrDefault(ObjectLabels.Image, ""),
            string.Join(' ', known.Where(label => label.Key.StartsWith(ObjectLabels.PortPrefix, StringComparison.Ordinal)).Select(label => $"{label.Key[ObjectLabels.PortPrefix.Length..]}={label.Value}")));
    }

    /// <summary>The published ports by name: those that are ports.</summary>
    public ImmutableSortedDictionary<string, int> Ports => PortList.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(port => port.Split('='))
        .Where(port => port.Length == 2 && ushort.TryParse(port[1], NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number > 0)
        .DistinctBy(port => port[0])
        .ToImmutableSortedDictionary(port => port[0], port => int.Parse(port[1], CultureInfo.InvariantCulture), StringComparer.Ordinal);
}
