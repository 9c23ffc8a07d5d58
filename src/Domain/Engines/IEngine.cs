using System.Collections.Immutable;
using Agents.Domain.Kinds;
using Agents.Domain.Model;

namespace Agents.Domain.Engines;

/// <summary>
/// What there is to know about an engine without asking anything that runs: what a cluster of it consists of, what its configuration is made from, and in which steps it is made
/// and taken away. Pure; the driver of the same engine does what it says.
/// </summary>
public interface IEngine
{
    /// <summary>Which it is.</summary>
    Engine Engine { get; }

    /// <summary>Its word for users.</summary>
    string Word { get; }

    /// <summary>The revision that new clusters are pinned to.</summary>
    string Revision { get; }

    /// <summary>How many instances a new cluster has for its coordination.</summary>
    int CoordinatorCount { get; }

    /// <summary>What a cluster consists of, in the order in which ordinals are given.</summary>
    ImmutableArray<Part> PartsOf(EffectiveSpec spec);

    /// <summary>The names of an operation's steps, in order; empty for a kind of operation that the engine does not have.</summary>
    ImmutableArray<string> StepsOf(string operationKind);

    /// <summary>
    /// The kind of operation that puts another instance in the place of one of a kind whose data is gone, while all the others of the kind are well; null where there is none.
    /// </summary>
    string? ReplacementOf(InstanceKind kind);

    /// <summary>Makes the blueprints of all instances. Throws <see cref="NotSupportedException"/> for a revision that this version does not know.</summary>
    ImmutableArray<InstanceBlueprint> Build(ClusterBlueprintInput input);

    /// <summary>Several instances of one kind.</summary>
    /// <param name="Kind">The kind.</param>
    /// <param name="Count">How many.</param>
    readonly record struct Part(InstanceKind Kind, int Count);
}
