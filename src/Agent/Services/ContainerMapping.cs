using System.Globalization;
using Agents.Agent.Docker;
using Agents.Agent.Docker.Objects;
using Agents.V1;
using Agents.Words;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;

namespace Agents.Agent.Services;

/// <summary>From what the engine says to the contract's messages.</summary>
internal static class ContainerMapping
{
    private const int TextMax = 4096;

    /// <summary>A container.</summary>
    public static Container ToContract(this ContainerInspection container)
    {
        var result = new Container
        {
            Id = container.Id,
            Name = container.PlainName,
            Image = Cut(container.Config.Image),
            State = StateOf(container.State.Status),
            ExitCode = container.State.ExitCode,
            Pid = container.State.Running ? container.State.Pid : 0,
            OomKilled = container.State.OOMKilled,
            RestartCount = container.RestartCount,
            ContainerHash = Cut(container.Label(ObjectLabels.ContainerHash)),
            Error = Cut(container.State.Error ?? ""),
            Detached = container.IsDetached,
        };
        AddTo(result.Labels, container.Labels);
        result.CreatedAt = ToTimestamp(container.Created);
        result.StartedAt = ToTimestamp(container.State.StartedAt);
        result.FinishedAt = ToTimestamp(container.State.FinishedAt);
        return result;
    }

    /// <summary>A container of which only its identity is left.</summary>
    public static Container ToRemovedContract(this ContainerInspection container)
    {
        var result = new Container { Id = container.Id, Name = container.PlainName };
        AddTo(result.Labels, container.Labels);
        return result;
    }

    /// <summary>A network.</summary>
    public static Network ToContract(this NetworkInspection network)
    {
        var result = new Network { Name = Cut(network.Name), Subnet = network.Subnet };
        AddTo(result.Labels, network.Labels);
        return result;
    }

    /// <summary>A volume.</summary>
    public static Volume ToContract(this VolumeInspection volume)
    {
        var result = new Volume { Name = Cut(volume.Name), CreatedAt = ToTimestamp(volume.CreatedAt) };
        AddTo(result.Labels, volume.Labels);
        return result;
    }

    /// <summary>A piece of output.</summary>
    public static StreamLogsResponse ToContract(this LogChunk chunk) =>
        new() { Stream = chunk.IsError ? LogStream.Stderr : LogStream.Stdout, Data = ByteString.CopyFrom(chunk.Data.Span) };

    /// <summary>Resource use.</summary>
    public static StreamStatsResponse ToContract(this ContainerStats stats) => new()
    {
        Time = Timestamp.FromDateTimeOffset(stats.Read),
        CpuNanoseconds = (long)stats.Cpu.Usage.Total,
        MemoryBytes = (long)stats.Memory.UsedWithoutCache,
        MemoryLimitBytes = (long)Math.Min(stats.Memory.Limit, long.MaxValue),
        NetworkReceivedBytes = stats.Networks?.Values.Sum(card => (long)card.Received) ?? 0,
        NetworkSentBytes = stats.Networks?.Values.Sum(card => (long)card.Sent) ?? 0,
        BlockReadBytes = (long)(stats.Block?.Sum("read") ?? 0),
        BlockWrittenBytes = (long)(stats.Block?.Sum("write") ?? 0),
        Processes = (int)stats.Pids.Current,
    };

    /// <summary>A time; null for the engine's way to say never, which is the year 1.</summary>
    public static Timestamp? ToTimestamp(DateTimeOffset time) => time.Year > 1 ? Timestamp.FromDateTimeOffset(time) : null;

    private static void AddTo(Google.Protobuf.Collections.MapField<string, string> result, IReadOnlyDictionary<string, string>? labels)
    {
        foreach (var (key, value) in labels ?? new Dictionary<string, string>())
            result[Cut(key)] = Cut(value);
    }

    private static string Cut(string text) => text.Length <= TextMax ? text : text[..TextMax];

    private static ContainerState StateOf(string status) =>
        System.Enum.TryParse<ContainerState>(CultureInfo.InvariantCulture.TextInfo.ToTitleCase(status), out var state) ? state : ContainerState.Unspecified;
}
