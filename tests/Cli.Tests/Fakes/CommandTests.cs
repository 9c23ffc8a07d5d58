namespace Agents.Cli.Tests.Fakes;

/// <summary>Tests of commands: a controller that answers as it is told, and a terminal to type at.</summary>
public abstract class CommandTests : IAsyncLifetime
{
    /// <summary>What the commands talk to.</summary>
    private protected FakeController Controller { get; private set; } = null!;

    /// <summary>Where they are typed.</summary>
    private protected Terminal Terminal { get; private set; } = null!;

    /// <inheritdoc/>
    public async Task InitializeAsync()
    {
        Controller = await FakeController.StartAsync();
        Prepare();
        Terminal = Terminal.Of(Controller);
    }

    /// <inheritdoc/>
    public async Task DisposeAsync()
    {
        Terminal.Dispose();
        await Controller.DisposeAsync();
    }

    /// <summary>What the controller answers in all tests of a class.</summary>
    private protected virtual void Prepare()
    {
    }
}
