using System.Text.Json.Nodes;
using Agents.Controller.Stores;
using Agents.Domain.Model;

namespace Agents.Controller.Application.Clusters;

/// <summary>The events about clusters.</summary>
internal static class ClusterEvents
{
    /// <summary>An event with values of its own.</summary>
    public static NewEvent Of(string kind, Cluster cluster, Origin origin, DateTimeOffset time, params ReadOnlySpan<(string Key, string Value)> values)
    {
        var payload = new JsonObject { ["name"] = cluster.Name };
        foreach (var (key, value) in values)
            payload[key] = value;
        return new NewEvent(kind, cluster.Project, cluster.Id.ToString(), origin, payload.ToJsonString(), time);
    }
}
