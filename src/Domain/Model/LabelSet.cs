using System.Collections.Immutable;

namespace Agents.Domain.Model;

/// <summary>Labels, in order of their keys, compared by content.</summary>
public sealed class LabelSet : IEquatable<LabelSet>
{
    private readonly ImmutableSortedDictionary<string, string> _labels;

    /// <summary>The labels of a dictionary.</summary>
    public LabelSet(IEnumerable<KeyValuePair<string, string>> labels) => _labels = labels.ToImmutableSortedDictionary(StringComparer.Ordinal);

    /// <summary>No labels.</summary>
    public static LabelSet Empty { get; } = new([]);

    /// <summary>The labels.</summary>
    public IReadOnlyDictionary<string, string> Values => _labels;

    /// <summary>How many there are.</summary>
    public int Count => _labels.Count;

    /// <summary>Whether every label of the other set is here with the same value.</summary>
    public bool ContainsAll(LabelSet required) => required._labels.All(label => _labels.TryGetValue(label.Key, out var value) && value == label.Value);

    /// <summary>The labels with changes applied: an empty value removes the label.</summary>
    public LabelSet With(IEnumerable<KeyValuePair<string, string>> changes)
    {
        var labels = _labels.ToBuilder();
        foreach (var (key, value) in changes)
        {
            if (value.Length == 0)
                labels.Remove(key);
            else
                labels[key] = value;
        }

        return new LabelSet(labels);
    }

    /// <inheritdoc/>
    public bool Equals(LabelSet? other) => other is not null && _labels.SequenceEqual(other._labels);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as LabelSet);

    /// <inheritdoc/>
    public override int GetHashCode() => _labels.Aggregate(0, (hash, label) => HashCode.Combine(hash, label.Key, label.Value));
}
