using System.Text.Json.Serialization;

namespace Agents.Agent.Engines.Etcd.Wire;

/// <summary>The answer to /v3/maintenance/status, whose names are in camel case unlike all others.</summary>
internal sealed record StatusAnswer
{
    /// <summary>The header.</summary>
    public EtcdHeader Header { get; set; } = new();

    /// <summary>The version.</summary>
    public string Version { get; set; } = "";

    /// <summary>The size of the database in bytes.</summary>
    [JsonPropertyName("dbSize")]
    public long DatabaseBytes { get; set; }

    /// <summary>The leader; 0 when there is none.</summary>
    public ulong Leader { get; set; }

    /// <summary>The raft index.</summary>
    [JsonPropertyName("raftIndex")]
    public long RaftIndex { get; set; }

    /// <summary>The raft term.</summary>
    [JsonPropertyName("raftTerm")]
    public long RaftTerm { get; set; }

    /// <summary>Alarms and errors, as "memberID:123 alarm:NOSPACE ".</summary>
    public IReadOnlyList<string> Errors { get; set; } = [];
}
