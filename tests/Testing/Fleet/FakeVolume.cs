namespace Agents.Testing.Fleet;

/// <summary>A volume of a host.</summary>
internal sealed class FakeVolume(string name, IReadOnlyDictionary<string, string> labels)
{
    /// <summary>Its name.</summary>
    public string Name => name;

    /// <summary>Its labels.</summary>
    public IReadOnlyDictionary<string, string> Labels => labels;

    /// <summary>Whether an engine has written data into it.</summary>
    public bool HasData { get; set; }

    /// <summary>The texts of the files of the configuration in it, by path.</summary>
    public Dictionary<string, string> Files { get; } = new(StringComparer.Ordinal);

    /// <summary>The hash of the configuration in it; empty when there is none.</summary>
    public string ConfigHash { get; set; } = "";
}
