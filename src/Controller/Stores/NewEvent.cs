using Agents.Domain.Model;

namespace Agents.Controller.Stores;

/// <summary>Something that happened, for the outbox.</summary>
/// <param name="Kind">As "postgres.cluster.created".</param>
/// <param name="Project">The project.</param>
/// <param name="ResourceId">What it is about.</param>
/// <param name="Origin">Who caused it.</param>
/// <param name="Payload">JSON; never a secret.</param>
/// <param name="Time">When it happened.</param>
internal sealed record NewEvent(string Kind, string Project, string ResourceId, Origin Origin, string Payload, DateTimeOffset Time);
