using Agents.Domain.Model;

namespace Agents.Domain.Health;

/// <summary>An etcd member or a proxy as observed.</summary>
/// <param name="Instance">The instance.</param>
/// <param name="Host">The host's name.</param>
/// <param name="State">The state of its container, "missing", or "unknown" without sight.</param>
public sealed record InstanceStatus(Instance Instance, string Host, string State);
