using Agents.Agent.Docker;
using Agents.Agent.Docker.Objects;
using Agents.Agent.Instances;
using Agents.Protocol;
using Agents.Words;

namespace Agents.Agent.Containers;

/// <summary>
/// Starts, stops and removes containers. What holds data is started by its record alone, and what a record wants running is not stopped or removed: the agent
/// would only start it again.
/// </summary>
internal sealed class ContainerCommands(
    CommandGate gate, ContainerReader reader, InstanceStarter starter, FenceClock fences, LocalInstances instances, IReloader reloader, IDockerContainers containers,
    ILogger<ContainerCommands> logger)
{
    /// <summary>Starts a container; one that runs is left alone.</summary>
    public Task<ContainerInspection> StartAsync(Command command, string name, CancellationToken cancellationToken) => gate.UseAsync(
        command, createRecord: false,
        async slot =>
        {
            var container = await reader.GetOwnAsync(command, name, cancellationToken);
            RequireNotOwned(container);
            if (slot.Record is { } record)
                await RequireStartableAsync(record with { ContainerName = container.PlainName }, cancellationToken);
            await ChangeAsync(() => containers.StartAsync(container.Id, cancellationToken), cancellationToken);
            logger.ContainerChanged("started", container.PlainName);
            return await reader.GetOwnAsync(command, name, cancellationToken);
        },
        cancellationToken);

    /// <summary>Stops a container; one that does not run is left alone. The instance is not held meanwhile: a fence must not wait for a stop.</summary>
    public async Task<ContainerInspection> StopAsync(Command command, string name, TimeSpan? timeout, CancellationToken cancellationToken)
    {
        var container = await AdmitAsync(command, name, container => container, cancellationToken);
        await ChangeAsync(() => containers.StopAsync(container.Id, timeout, cancellationToken), cancellationToken);
        logger.ContainerChanged("stopped", container.PlainName);
        return await reader.GetOwnAsync(command, name, cancellationToken);
    }

    /// <summary>Restarts a container.</summary>
    public async Task<ContainerInspection> RestartAsync(Command command, string name, CancellationToken cancellationToken)
    {
        var container = await AdmitAsync(command, name, RequireNotOwned, cancellationToken);
        await ChangeAsync(async () =>
        {
            await containers.RestartAsync(container.Id, cancellationToken);
            return true;
        }, cancellationToken);
        logger.ContainerChanged("restarted", container.PlainName);
        return await reader.GetOwnAsync(command, name, cancellationToken);
    }

    /// <summary>Sends a signal to a container's first process.</summary>
    public Task<bool> SignalAsync(Command command, string name, string signal, CancellationToken cancellationToken)
    {
        SpecificationRules.RequireSignal(signal);
        return gate.UseAsync(
            command, createRecord: false,
            async slot =>
            {
                var container = await reader.GetOwnAsync(command, name, cancellationToken);
                await reloader.SendAsync(slot, instances.Show(container), signal, () => containers.SignalAsync(container.Id, signal, cancellationToken), cancellationToken);
                return true;
            },
            cancellationToken);
    }

    /// <summary>Removes a container; false when it was not there.</summary>
    public Task<bool> RemoveAsync(Command command, string name, bool force, CancellationToken cancellationToken) => gate.UseAsync(
        command, createRecord: false,
        async slot =>
        {
            if (await reader.FindOwnAsync(command, name, cancellationToken) is not { } container)
                return false;
            RequireNotWanted(slot);
            await containers.RemoveAsync(container.Id, force, cancellationToken);
            logger.ContainerChanged("removed", container.PlainName);
            return true;
        },
        cancellationToken);

    /// <summary>Waits until a container does not run, and answers its exit code.</summary>
    public async Task<int> WaitAsync(string name, CancellationToken cancellationToken) =>
        await containers.WaitAsync((await reader.GetAsync(name, cancellationToken)).Id, cancellationToken);

    private Task<ContainerInspection> AdmitAsync(
        Command command, string name, Func<ContainerInspection, ContainerInspection> check, CancellationToken cancellationToken) => gate.UseAsync(
        command, createRecord: false,
        async slot =>
        {
            var container = check(await reader.GetOwnAsync(command, name, cancellationToken));
            RequireNotWanted(slot);
            return container;
        },
        cancellationToken);

    private async Task RequireStartableAsync(InstanceRecord record, CancellationToken cancellationToken)
    {
        if (fences.IsFenced(record))
            throw new CommandException(ErrorReasons.Fenced, $"The instance is fenced ({record.Fence!.Reason}): release it first.", ("instance_id", record.InstanceId));
        await starter.RequireStartableAsync(record, cancellationToken);
    }

    private async Task ChangeAsync(Func<Task<bool>> change, CancellationToken cancellationToken)
    {
        try
        {
            await change();
        }
        catch (DockerException exception) when (PortConflict.Of(exception) is { } conflict)
        {
            throw await conflict.ExplainAsync(containers, cancellationToken);
        }
    }

    private static ContainerInspection RequireNotOwned(ContainerInspection container) =>
        !InstanceKinds.HoldsData(container.Label(ObjectLabels.Kind))
            ? container
            : throw new CommandException(
                ErrorReasons.OwnedByAgent, $"The container {container.PlainName} holds data: InstanceService.SetWant starts it.", ("container", container.PlainName));

    private static void RequireNotWanted(InstanceSlot slot)
    {
        if (slot.Record is { Want: InstanceState.Running })
            throw new CommandException(
                ErrorReasons.OwnedByAgent, "The instance is wanted running: say InstanceService.SetWant(STOPPED) first.", ("instance_id", slot.InstanceId));
    }
}
