namespace Agents.Cli.Model;

/// <summary>The Docker Engine of a host.</summary>
internal sealed record DockerFacts
{
    /// <summary>Whether it answers.</summary>
    public bool Reachable { get; set; }

    /// <summary>Why it does not.</summary>
    public string Error { get; set; } = "";

    /// <summary>Its version.</summary>
    public string Version { get; set; } = "";

    /// <summary>The API version that was settled on.</summary>
    public string ApiVersion { get; set; } = "";

    /// <summary>The storage driver.</summary>
    public string StorageDriver { get; set; } = "";
}
