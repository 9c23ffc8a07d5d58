using System.Text;
using Agents.Agent.Instances;
using Agents.Words;

namespace Agents.Agent.Engines.Haproxy;

/// <summary>
/// Has a proxy read its configuration again without a moment in which it refuses connections. HAProxy begins a new worker for it, which takes its servers to be as the file of states says, and there
/// all are down, for a start of the container. So what the old worker knows is put into that file first, and taken out again when the new one answers. Meanwhile the record says that the
/// configuration is not complete: whatever ends this in between, the controller writes all of it anew. A proxy that does not say how its servers are has the signal all the same, and begins with
/// all down.
/// </summary>
internal sealed class ProxyReloader(LocalInstances instances, InstanceTable table, IHaproxyRuntime runtime, TimeProvider timeProvider) : IReloader
{
    private const string ReloadSignal = "SIGUSR2";
    private static readonly TimeSpan _limit = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan _pause = TimeSpan.FromMilliseconds(20);

    /// <inheritdoc/>
    public async Task SendAsync(InstanceSlot slot, LocalInstance instance, string signal, Func<Task> send, CancellationToken cancellationToken)
    {
        // What is not complete may hold the states that an earlier reading left behind, which nobody would take out again.
        var carries = instance.Kind == InstanceKinds.Haproxy && signal == ReloadSignal && slot.Record is { ConfigComplete: true };
        if (carries && await FindWorkerAsync(instance, cancellationToken) is { } worker && await instances.FindConfigFileAsync(instance, ServerStates.File, cancellationToken) is { } down
            && await CarryAsync(instance, down, cancellationToken) is { } carried)
            await SendAsync(slot, instance, worker, down, carried, send, cancellationToken);
        else
            await send();
    }

    private async Task SendAsync(InstanceSlot slot, LocalInstance instance, int worker, ConfigFile down, ConfigFile carried, Func<Task> send, CancellationToken cancellationToken)
    {
        table.Save(slot, slot.Record! with { ConfigComplete = false });
        try
        {
            await instances.WriteConfigFileAsync(instance, carried, cancellationToken);
            await send();
            await WaitForAnotherAsync(instance, worker, cancellationToken);
        }
        finally
        {
            await instances.WriteConfigFileAsync(instance, down, CancellationToken.None); // Also when nobody waits for it any more.
            table.Save(slot, slot.Record! with { ConfigComplete = true });
        }
    }

    private async Task<ConfigFile?> CarryAsync(LocalInstance instance, ConfigFile down, CancellationToken cancellationToken)
    {
        var answer = await TryAsync(() => runtime.ReadStatesAsync(instance, cancellationToken), "");
        return ServerStates.Carry(Encoding.UTF8.GetString(down.Content), answer) is { } text ? down with { Content = Encoding.UTF8.GetBytes(text) } : null;
    }

    /// <summary>Waits until another worker answers, which has read the file then; not for ever: what it cannot read it says in its log, and the old one goes on.</summary>
    private async Task WaitForAnotherAsync(LocalInstance instance, int worker, CancellationToken cancellationToken)
    {
        var began = timeProvider.GetTimestamp();
        while (timeProvider.GetElapsedTime(began) < _limit && (await FindWorkerAsync(instance, cancellationToken) ?? worker) == worker)
            await Task.Delay(_pause, timeProvider, cancellationToken);
    }

    private Task<int?> FindWorkerAsync(LocalInstance instance, CancellationToken cancellationToken) =>
        TryAsync<int?>(async () => await runtime.FindWorkerAsync(instance, cancellationToken), null);

    private static async Task<T> TryAsync<T>(Func<Task<T>> ask, T otherwise)
    {
        try
        {
            return await ask();
        }
        catch (Exception exception) when (exception is HaproxyUnreachableException or HaproxyRefusedException)
        {
            return otherwise;
        }
    }
}
