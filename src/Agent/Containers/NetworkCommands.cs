using Agents.Agent.Docker;
using Agents.Agent.Docker.Objects;
using Agents.Agent.Instances;
using Agents.Agent.Observation;
using Agents.Protocol;
using Agents.Words;

namespace Agents.Agent.Containers;

/// <summary>Makes and removes cluster networks, each with an explicit subnet out of the host's pool.</summary>
internal sealed class NetworkCommands(CommandGate gate, SpecificationRules rules, UsedSubnets used, IDockerNetworks networks, ILogger<NetworkCommands> logger)
{
    /// <summary>All networks of this system.</summary>
    public Task<IReadOnlyList<NetworkInspection>> ListAsync(CancellationToken cancellationToken) => networks.ListAsync(ObjectLabels.Controller, cancellationToken);

    /// <summary>Creates a network; answers it, and whether it was there already.</summary>
    public Task<(NetworkInspection Network, bool Adopted)> CreateAsync(
        Command command, string name, string subnet, IEnumerable<KeyValuePair<string, string>> labels, CancellationToken cancellationToken)
    {
        SpecificationRules.RequireName("name", name);
        var canonical = rules.RequireSubnet(subnet);
        var ownLabels = ObjectOwnership.Label(command, labels);
        return gate.MakeNetworkAsync(command, name, () => CreateAsync(command, name, canonical, ownLabels, cancellationToken), cancellationToken);
    }

    /// <summary>Removes a network; false when it was not there.</summary>
    public Task<bool> RemoveAsync(Command command, string name, CancellationToken cancellationToken)
    {
        SpecificationRules.RequireName("name", name);
        return gate.RemoveNetworkAsync(command, name, () => RemoveOwnAsync(command, name, cancellationToken), cancellationToken);
    }

    private async Task<(NetworkInspection Network, bool Adopted)> CreateAsync(
        Command command, string name, string subnet, Dictionary<string, string> labels, CancellationToken cancellationToken)
    {
        if (await networks.FindAsync(name, cancellationToken) is { } existing)
            return (Adopt(command, existing, subnet), true);
        await RequireFreeAsync(subnet, cancellationToken);
        try
        {
            await networks.CreateAsync(new NetworkBody(name, "bridge", CheckDuplicate: true, new IpamBody([new IpamPool(subnet)]), labels), cancellationToken);
        }
        catch (DockerException exception) when (exception.Failure == DockerFailure.Conflict)
        {
            return (Adopt(command, await GetAsync(name, cancellationToken), subnet), true);
        }
        catch (DockerException exception) when (exception.Failure == DockerFailure.Refused)
        {
            await RequireFreeAsync(subnet, cancellationToken); // Somebody else's network may have come first.
            if (!exception.Message.Contains("overlap", StringComparison.OrdinalIgnoreCase))
                throw;
            used.NoteHidden(subnet);
            throw new CommandException(
                ErrorReasons.SubnetOverlap, $"The engine refuses the subnet {subnet} for a network that it does not list, as after an end in the middle of making one: {exception.Message}",
                ("subnet", subnet), ("conflict", UsedSubnets.Hidden));
        }

        used.ForgetHidden(subnet);
        logger.NetworkCreated(name, subnet);
        return (await GetAsync(name, cancellationToken), false);
    }

    private async Task<bool> RemoveOwnAsync(Command command, string name, CancellationToken cancellationToken)
    {
        if (await networks.FindAsync(name, cancellationToken) is not { } existing)
            return false;
        ObjectOwnership.Require(command, $"network {name}", existing.Labels);
        logger.ObjectRemoved("network", name);
        try
        {
            return await networks.RemoveAsync(name, cancellationToken);
        }
        catch (DockerException exception) when (exception.Failure is DockerFailure.Refused or DockerFailure.Conflict)
        {
            // Not every engine says who it is.
            if (await networks.FindAsync(name, cancellationToken) is not { Users: { Count: > 0 } users })
                throw;
            var who = string.Join(", ", users.Select(user => $"'{user}'"));
            throw new CommandException(ErrorReasons.DockerRefused, $"The network {name} is in use by {who}: stop it, or disconnect it from the network.", ("network", name), ("containers", who));
        }
    }

    private async Task RequireFreeAsync(string subnet, CancellationToken cancellationToken)
    {
        if (await used.FindOverlapAsync(subnet, cancellationToken) is { } conflict)
            throw new CommandException(
                ErrorReasons.SubnetOverlap, $"The subnet {subnet} overlaps with {conflict.Range} of '{conflict.Holder}' on this host.",
                ("subnet", subnet), ("conflict", conflict.Holder));
    }

    private async Task<NetworkInspection> GetAsync(string name, CancellationToken cancellationToken) =>
        await networks.FindAsync(name, cancellationToken) ?? throw new CommandException(ErrorReasons.NotFound, $"The network {name} is gone again.", ("network", name));

    private static NetworkInspection Adopt(Command command, NetworkInspection existing, string subnet)
    {
        ObjectOwnership.Require(command, $"network {existing.Name}", existing.Labels);
        return existing.Subnet == subnet ? existing : throw new CommandException(
            ErrorReasons.SpecificationDiffers, $"The network {existing.Name} exists with the subnet {existing.Subnet}.",
            ("network", existing.Name), ("expected", subnet), ("found", existing.Subnet));
    }
}
