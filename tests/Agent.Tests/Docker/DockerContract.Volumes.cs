using Agents.Agent.Docker.Objects;
using Agents.Testing;
using Agents.Testing.Requirements;

namespace Agents.Agent.Tests.Docker;

/// <content>Who uses volumes.</content>
public abstract partial class DockerContract
{
    [ContractFact]
    public async Task ListWriters_OfAVolume_AreThoseThatRunAndCanWrite()
    {
        await _engine.Volumes.CreateAsync(new VolumeBody(Name, "local", Labels), default).DefaultTimeout();
        foreach (var (suffix, isReadOnly) in new[] { ("-writer", false), ("-reader", true), ("-idle", false) })
        {
            var body = Body(new MountBody(Name, "/data", isReadOnly));
            await _engine.Containers.CreateAsync(Name + suffix, body with { HostConfig = body.HostConfig with { PortBindings = null } }, default).DefaultTimeout();
            if (suffix != "-idle")
                await _engine.Containers.StartAsync(Name + suffix, default).DefaultTimeout();
        }

        Assert.Equal([Name + "-writer"], (await _engine.Containers.ListWritersAsync(Name, default)).Select(container => container.PlainName));
        Assert.Empty(await _engine.Containers.ListWritersAsync("/data", default));
    }
}
