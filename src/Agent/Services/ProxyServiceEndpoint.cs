using System.Text.RegularExpressions;
using Agents.Agent.Engines.Haproxy;
using Agents.Agent.Instances;
using Agents.V1;
using Agents.Words;
using Grpc.Core;

namespace Agents.Agent.Services;

/// <summary>ProxyService of the contract.</summary>
internal sealed partial class ProxyServiceEndpoint(EngineInstances instances, CommandGate gate, IHaproxyRuntime runtime) : ProxyService.ProxyServiceBase
{
    private const int ServersMax = 64;

    /// <inheritdoc/>
    public override async Task<SetServersResponse> SetServers(SetServersRequest request, ServerCallContext context)
    {
        var command = CommandContexts.ReadInstance(request.Context);
        Requests.Require(request.Servers.Count is > 0 and <= ServersMax, "servers", $"must be between 1 and {ServersMax}");
        Requests.Require(request.Servers.All(server => Word().IsMatch(server.Listener)), "servers.listener", "must be 1 to 64 letters, digits, '_' and '-'");
        Requests.Require(request.Servers.All(server => Word().IsMatch(server.Server)), "servers.server", "must be 1 to 64 letters, digits, '_' and '-'");

        // In its turn: what is told while the proxy reads its configuration again is told to the worker that begins, and not to the one that ends.
        await gate.UseAsync(
            command, createRecord: false,
            async _ =>
            {
                var proxy = await instances.RequireAsync(command.InstanceId, InstanceKinds.Haproxy, context.CancellationToken);
                await runtime.SetHealthAsync(proxy, request.Servers.Select(server => new ServerHealth(server.Listener, server.Server, server.Up)), context.CancellationToken);
                return true;
            },
            context.CancellationToken);
        return new SetServersResponse();
    }

    [GeneratedRegex(@"\A[A-Za-z0-9_-]{1,64}\z")]
    private static partial Regex Word();
}
