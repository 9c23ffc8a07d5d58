using Agents.Agent.Engines;
using Agents.Agent.Instances;
using Agents.Agent.Postgres;
using Agents.Protocol;

namespace Agents.Agent.Services;

/// <summary>Finds the instance that a call to an engine means, and lets commands to it through.</summary>
internal sealed class EngineInstances(LocalInstances instances, CommandGate gate, PostgresPools pools, EngineConnections connections)
{
    /// <summary>The instance. Where this host has none of that id and kind, what is kept for it is closed.</summary>
    public async Task<LocalInstance> RequireAsync(string instanceId, string kind, CancellationToken cancellationToken)
    {
        Requests.Require(Guid.TryParseExact(instanceId, "D", out _), "instance_id", "must be a lower-case hyphenated GUID");
        var instance = await instances.FindAsync(instanceId, cancellationToken);
        if (instance?.Kind == kind)
            return instance;
        pools.Forget(instanceId);
        connections.Forget(instanceId);
        throw new CommandException(ErrorReasons.NotFound, $"This host has no {kind} instance {instanceId}.", ("instance_id", instanceId));
    }

    /// <summary>
    /// Lets a command to an engine through and finds its instance. It is not carried out in the instance's slot: a switchover takes seconds, and a fence must not wait for it.
    /// </summary>
    public async Task<LocalInstance> AdmitAsync(Command command, string kind, CancellationToken cancellationToken)
    {
        await gate.UseAsync(command, createRecord: false, _ => Task.FromResult(true), cancellationToken);
        return await RequireAsync(command.InstanceId, kind, cancellationToken);
    }
}
