using Agents.Agent.Docker;
using Agents.Agent.Docker.Objects;
using Agents.Agent.Instances;
using Agents.Protocol;
using Agents.Words;

namespace Agents.Agent.Containers;

/// <summary>Shows this system's containers. Others are not there.</summary>
internal sealed class ContainerReader(IDockerContainers containers)
{
    /// <summary>All containers, or those of one resource.</summary>
    public async Task<IReadOnlyList<ContainerInspection>> ListAsync(string owner, CancellationToken cancellationToken)
    {
        var found = new List<ContainerInspection>();
        foreach (var summary in await containers.ListAsync(ObjectLabels.Controller, cancellationToken))
            if (owner.Length == 0 || summary.Labels?.GetValueOrDefault(ObjectLabels.Owner) == owner)
                if (await containers.FindAsync(summary.Id, cancellationToken) is { } container)
                    found.Add(container);
        return found;
    }

    /// <summary>One container by name or id.</summary>
    public async Task<ContainerInspection> GetAsync(string name, CancellationToken cancellationToken)
    {
        SpecificationRules.RequireName("name", name);
        var container = await containers.FindAsync(name, cancellationToken);
        return container is not null && container.Labels.ContainsKey(ObjectLabels.Controller) ? container : throw Missing(name);
    }

    /// <summary>One container by name or id that is the commanding controller's.</summary>
    public async Task<ContainerInspection> GetOwnAsync(Command command, string name, CancellationToken cancellationToken) =>
        await FindOwnAsync(command, name, cancellationToken) ?? throw Missing(name);

    /// <summary>One container by name or id that is the commanding controller's, or null where there is none. Another's is refused.</summary>
    public async Task<ContainerInspection?> FindOwnAsync(Command command, string name, CancellationToken cancellationToken)
    {
        SpecificationRules.RequireName("name", name);
        var container = await containers.FindAsync(name, cancellationToken);
        if (container is not null)
            ObjectOwnership.Require(command, $"container {name}", container.Labels);
        return container;
    }

    private static CommandException Missing(string name) =>
        new(ErrorReasons.NotFound, $"This host has no container '{name}'.", ("container", name));
}
