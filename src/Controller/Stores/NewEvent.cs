using System.Text.Json.Nodes;
using Agents.Domain.Model;

namespace Agents.Controller.Stores;

/// <summary>Something that happened, for the outbox.</summary>
/// <param name="Kind">As "postgres.cluster.created".</param>
/// <param name="Project">The project.</param>
/// <param name="ResourceId">What it is about.</param>
/// <param name="Origin">Who caused it.</param>
/// <param name="Payload">JSON; never a secret.</param>
/// <param name="Time">When it happened.</param>
internal sealed record NewEvent(string Kind, string Project, string ResourceId, Origin Origin, string Payload, DateTimeOffset Time)
{
    /// <summary>What an operation has come to: its kind and the outcome in one word, about its resource.</summary>
    public static NewEvent Of(Operation operation, string outcome, DateTimeOffset now)
    {
        var payload = new JsonObject { ["name"] = operation.ResourceName, ["operation_id"] = operation.Id.ToString() };
        if (operation.Error is { } error)
            payload["reason"] = error.Reason;
        return new NewEvent($"{operation.Kind}.{outcome}", operation.Project, operation.Resource.Id.ToString("D"), operation.Origin, payload.ToJsonString(), now);
    }
}
