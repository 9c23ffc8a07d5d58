using Agents.Domain.Kinds;
using Agents.Protocol;
using Agents.Testing.Requirements;
using Agents.V1;
using Grpc.Core;

namespace Agents.Agent.Tests;

/// <content>What proxies are told.</content>
public abstract partial class AgentScenarios
{
    [ContractFact]
    public async Task SetServers_ThroughTheProxysOwnSocket_WithWordsAlone()
    {
        await _cluster.CreateAsync(Agent, KindProfile.Haproxy.Word);
        await Agent.Containers.StartContainerAsync(new StartContainerRequest { Context = _cluster.Context, Name = _cluster.Container }, deadline: TestAgent.Deadline);
        var servers = new SetServersRequest { Context = _cluster.Context, Servers = { new ProxyServer { Listener = "read_write", Server = "demo-1", Up = true } } };
        await RefusedAsync(StatusCode.Unavailable, ErrorReasons.ProxyUnreachable, Agent.Proxies.SetServersAsync(servers, deadline: TestAgent.Deadline)); // It is only called one.
        foreach (var word in (string[])["", "a b", "a;show env", "a\nshow env", "a/b"])
        {
            servers.Servers[0] = new ProxyServer { Listener = "read_write", Server = word };
            await RefusedAsync(StatusCode.InvalidArgument, ErrorReasons.InvalidArgument, Agent.Proxies.SetServersAsync(servers, deadline: TestAgent.Deadline));
            servers.Servers[0] = new ProxyServer { Listener = word, Server = "demo-1" };
            await RefusedAsync(StatusCode.InvalidArgument, ErrorReasons.InvalidArgument, Agent.Proxies.SetServersAsync(servers, deadline: TestAgent.Deadline));
        }
    }
}
