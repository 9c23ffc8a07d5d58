namespace Agents.EndToEnd.Tests;

/// <summary>
/// Tests on the stack. What one leaves makes that one fail, whatever else became of it, and is gone before the next: one fault does not look like many.
/// </summary>
public abstract class StackTests : IAsyncLifetime
{
    /// <inheritdoc/>
    public Task InitializeAsync() => Task.CompletedTask;

    /// <inheritdoc/>
    public async Task DisposeAsync()
    {
        var left = await StackFixture.Current!.RenewIfLeftAsync(GetType().Name);
        Assert.True(left.Length == 0, $"The test leaves, and the stack is made anew:\n{left}");
    }
}
