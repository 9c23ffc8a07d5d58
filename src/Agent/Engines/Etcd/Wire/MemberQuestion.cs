using System.Text.Json.Serialization;

namespace Agents.Agent.Engines.Etcd.Wire;

/// <summary>A question about one member: a new one by its address, one that is there by its id.</summary>
internal sealed record MemberQuestion
{
    /// <summary>Where the peers of a new one will reach it.</summary>
    [JsonPropertyName("peerURLs")]
    public IReadOnlyList<string>? PeerUrls { get; init; }

    /// <summary>Whether a new one begins without a vote.</summary>
    [JsonPropertyName("isLearner")]
    public bool? IsLearner { get; init; }

    /// <summary>The id of one that is there.</summary>
    [JsonPropertyName("ID")]
    public ulong? Id { get; init; }
}
