using System.Collections.Immutable;

namespace Agents.Compat.Tests.References;

/// <summary>The contract assemblies that references are resolved against. Immutable.</summary>
internal sealed class Contracts
{
    private readonly ImmutableDictionary<string, TypeModel> _types;

    private Contracts(ImmutableArray<AssemblyIdentity> identities, ImmutableDictionary<string, TypeModel> types)
    {
        Identities = identities;
        _types = types;
    }

    /// <summary>The names of the assemblies.</summary>
    public ImmutableArray<AssemblyIdentity> Identities { get; }

    /// <summary>Joins assemblies.</summary>
    public static Contracts Of(params AssemblyModel[] assemblies) => new(
        [.. assemblies.Select(assembly => assembly.Identity)],
        assemblies.SelectMany(assembly => assembly.Types).ToImmutableDictionary(type => type.Key));

    /// <summary>Whether a type is, or should be, declared by one of the assemblies.</summary>
    public bool Owns(string? key) => key is not null && Identities.Any(identity => key.StartsWith($"[{identity.Name}]", StringComparison.Ordinal));

    /// <summary>The type of a key, or null.</summary>
    public TypeModel? Find(string? key) => key is null ? null : _types.GetValueOrDefault(key);

    /// <summary>The same with one type changed, or without it.</summary>
    public Contracts With(string key, Func<TypeModel, TypeModel?> change) =>
        new(Identities, change(_types[key]) is { } changed ? _types.SetItem(key, changed) : _types.Remove(key));

    /// <summary>The same with one identity changed.</summary>
    public Contracts WithIdentity(AssemblyIdentity identity) =>
        new([.. Identities.Select(known => known.Name == identity.Name ? identity : known)], _types);
}
