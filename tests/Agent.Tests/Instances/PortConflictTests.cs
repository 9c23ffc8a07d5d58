using Agents.Agent.Docker;
using Agents.Agent.Docker.Objects;
using Agents.Agent.Instances;
using Agents.Testing;
using Agents.Testing.Docker;

namespace Agents.Agent.Tests.Instances;

/// <summary>What a taken port is called.</summary>
public sealed class PortConflictTests
{
    private static readonly DockerException _failure = new(DockerFailure.Refused, "Bind for 10.0.0.2:20013 failed: port is already allocated");

    private readonly FakeDockerEngine _engine = new(A.Clock());

    [Fact]
    public async Task Explain_ContainerPublishesIt_IsNamed()
    {
        _engine.AddImage(SmallImage.Reference, SmallImage.Label);
        await _engine.CreateAsync(new NetworkBody("net", "bridge", true, new IpamBody([new IpamPool("10.213.0.0/28")]), new Dictionary<string, string>()), default).DefaultTimeout();
        var host = new ContainerHostBody
        {
            NetworkMode = "net",
            PortBindings = new Dictionary<string, IReadOnlyList<PortBindingBody>> { ["80/tcp"] = [new PortBindingBody("10.0.0.2", "20013")] },
            RestartPolicy = new RestartPolicyBody("no"),
            CapDrop = [],
            SecurityOpt = [],
            LogConfig = new LogConfigBody("json-file", new Dictionary<string, string>()),
        };
        await _engine.CreateAsync("shop", new ContainerBody { Image = SmallImage.Reference, HostConfig = host }, default).DefaultTimeout();
        await _engine.StartAsync("shop", default).DefaultTimeout();

        Assert.Equal("The port 10.0.0.2:20013 is taken on this host by 'shop'.", await ExplainAsync());
    }

    [Fact]
    public async Task Explain_NoContainerPublishesIt_IsAProcess() =>
        Assert.Equal("The port 10.0.0.2:20013 is taken on this host by something that is no container's published port.", await ExplainAsync());

    private async Task<string> ExplainAsync() => (await PortConflict.Of(_failure)!.ExplainAsync(_engine, default).DefaultTimeout()).Message;
}
