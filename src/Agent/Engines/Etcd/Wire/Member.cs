using System.Text.Json.Serialization;

namespace Agents.Agent.Engines.Etcd.Wire;

/// <summary>One member; its names are in camel case.</summary>
internal sealed record Member
{
    /// <summary>Its id.</summary>
    [JsonPropertyName("ID")]
    public ulong Id { get; set; }

    /// <summary>Its name; empty when it was never started.</summary>
    public string Name { get; set; } = "";

    /// <summary>Where its peers reach it.</summary>
    [JsonPropertyName("peerURLs")]
    public IReadOnlyList<string> PeerUrls { get; set; } = [];

    /// <summary>Where its clients reach it.</summary>
    [JsonPropertyName("clientURLs")]
    public IReadOnlyList<string> ClientUrls { get; set; } = [];

    /// <summary>Whether it does not vote.</summary>
    [JsonPropertyName("isLearner")]
    public bool IsLearner { get; set; }
}
