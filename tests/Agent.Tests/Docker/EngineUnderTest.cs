using Agents.Agent.Docker;
using Agents.Testing.Docker;

namespace Agents.Agent.Tests.Docker;

/// <summary>One engine, real or fake, through the client's interfaces.</summary>
internal sealed record EngineUnderTest(
    IDockerSystem System, IDockerContainers Containers, IDockerNetworks Networks, IDockerVolumes Volumes, IDockerImages Images, IDockerEvents Events,
    IDockerArchives Archives)
{
    /// <summary>A fake one with the small image.</summary>
    public static EngineUnderTest Fake()
    {
        var fake = new FakeDockerEngine();
        fake.AddImage(SmallImage.Reference, SmallImage.Label);
        return new EngineUnderTest(fake, fake, fake, fake, fake, fake, fake);
    }

    /// <summary>A real one at a socket.</summary>
    public static EngineUnderTest At(string socket, TimeProvider? timeProvider = null)
    {
        var connection = new DockerConnection(TestSettings.Create(Path.GetTempPath()) with { DockerSocket = socket }, timeProvider ?? TimeProvider.System);
        return new EngineUnderTest(
            new DockerSystem(connection), new DockerContainers(connection), new DockerNetworks(connection), new DockerVolumes(connection),
            new DockerImages(connection), new DockerEvents(connection), new DockerArchives(connection));
    }
}
