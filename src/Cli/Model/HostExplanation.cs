namespace Agents.Cli.Model;

/// <summary>Why a host was taken or passed over.</summary>
internal sealed record HostExplanation
{
    /// <summary>The host.</summary>
    public string Host { get; set; } = "";

    /// <summary>Whether it could be taken.</summary>
    public bool Feasible { get; set; }

    /// <summary>Why not.</summary>
    public IReadOnlyList<string> Reasons { get; set; } = [];
}
