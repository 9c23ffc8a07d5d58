using Agents.Agent.Identity;
using Agents.Controller.Links;
using Agents.Functional.Tests.Link;
using Agents.Testing;

namespace Agents.Functional.Tests.Lab;

/// <summary>A controller here and an agent in a process and a network namespace of its own, over real TCP.</summary>
public abstract class LinkLabFixture : IAsyncLifetime
{
    private readonly TemporaryDirectory _directory = new();

    internal NetworkNamespace Network { get; private set; } = null!;

    internal ControllerHost Controller { get; private set; } = null!;

    internal AgentChild Agent { get; private set; } = null!;

    internal LinkSession Session { get; private set; } = null!;

    /// <inheritdoc/>
    public async Task InitializeAsync()
    {
        Network = await NetworkNamespace.CreateAsync();
        Controller = await ControllerHost.StartAsync(_directory.File("controller"), Network.Here);
        StartAgent("boot-1", await Controller.NewTokenAsync());
        Session = await Controller.NextSessionAsync();
    }

    /// <inheritdoc/>
    public async Task DisposeAsync()
    {
        await Agent.DisposeAsync();
        await Controller.DisposeAsync();
        await Network.DisposeAsync();
        _directory.Dispose();
    }

    /// <summary>Starts the agent.</summary>
    internal void StartAgent(string bootId, string joinToken) =>
        Agent = AgentChild.Start(Network, _directory.File("agent"), new ControllerAddress(Network.Here.ToString(), Controller.Port), bootId, joinToken);
}
