namespace Agents.Agent.Docker.Objects;

/// <summary>What a container was created from, as far as it is read.</summary>
internal sealed record ContainerConfiguration(string Image = "", bool Tty = false, IReadOnlyDictionary<string, string>? Labels = null);
