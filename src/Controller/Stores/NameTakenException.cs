namespace Agents.Controller.Stores;

/// <summary>The project has a resource of that kind and name.</summary>
internal sealed class NameTakenException(string kind, string name) : Exception($"a {kind} named \"{name}\" exists in this project")
{
    /// <summary>The kind of resource, as "cluster".</summary>
    public string Kind { get; } = kind;

    /// <summary>The name.</summary>
    public string Name { get; } = name;
}
