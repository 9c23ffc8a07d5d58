namespace Agents.Agent.Identity;

/// <summary>What identity needs to know. Made from the agent's validated configuration.</summary>
internal sealed record IdentityOptions
{
    /// <summary>The controller.</summary>
    public required ControllerAddress Controller { get; init; }

    /// <summary>The join token's text; needed only until the host has enrolled.</summary>
    public required string? JoinToken { get; init; }

    /// <summary>The directory of the identity.</summary>
    public required string Directory { get; init; }

    /// <summary>What the host says of itself when it joins.</summary>
    public required HostDeclaration Declaration { get; init; }

    /// <summary>Nothing of the token.</summary>
    public override string ToString() => $"identity of {Declaration.Name} in {Directory}, controller {Controller}";
}
