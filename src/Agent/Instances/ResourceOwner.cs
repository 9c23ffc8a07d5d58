namespace Agents.Agent.Instances;

/// <summary>The resource that something belongs to.</summary>
/// <param name="Type">What it is: one of <see cref="Words.ResourceTypes"/>; empty where there is none.</param>
/// <param name="Id">Its id.</param>
internal sealed record ResourceOwner(string Type, string Id)
{
    /// <summary>No resource.</summary>
    public static ResourceOwner None { get; } = new("", "");

    /// <summary>As it stands in labels; empty where there is none.</summary>
    public override string ToString() => Type.Length == 0 ? "" : $"{Type}/{Id}";
}
