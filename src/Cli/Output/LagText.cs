using Agents.Cli.Model;
using Agents.Cli.Values;

namespace Agents.Cli.Output;

/// <summary>How far a replica is behind.</summary>
internal static class LagText
{
    /// <summary>As "512 KiB, 0.4 s"; empty on a primary and without sight.</summary>
    public static string Of(ClusterStatus.NodeStatus node)
    {
        if (node.LagBytes is not { } bytes)
            return "";
        return node.LagSeconds is { } seconds ? $"{ByteSize.Show(bytes)}, {Span.ShowSeconds(seconds)}" : ByteSize.Show(bytes);
    }
}
