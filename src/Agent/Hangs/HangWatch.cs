using System.Collections.Concurrent;
using System.Globalization;
using Agents.Agent.Docker.Objects;
using Agents.Agent.Instances;
using Agents.Agent.Observation;
using Agents.Agent.Postgres;
using Agents.Words;

namespace Agents.Agent.Hangs;

/// <summary>
/// Asks the PostgreSQL servers of this host once a second whether they take writes, each for which the record says how long no answer is borne, and ends the container of a primary that has
/// given none for so long: its engine may wait for it for ever, and nobody else can tell that it is not only busy. What has ended is started again as ever, and told as ever. It needs no
/// link, and no Docker Engine to find out. One that hangs holds up no other.
/// </summary>
internal sealed class HangWatch(
    InstanceTable table, ContainerView view, LocalInstances instances, IServerProbe probe, ContainerKiller killer, FenceClock fences, TimeProvider timeProvider, ILogger<HangWatch> logger)
    : BackgroundService
{
    private readonly Dictionary<string, Watched> _watched = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, bool> _paused = new(StringComparer.Ordinal);

    /// <summary>Hears from an engine whether a person has paused its failover: what hangs then is that person's.</summary>
    public void Hear(string instanceId, bool isPaused) => _paused[instanceId] = isPaused;

    /// <summary>Looks at each server once.</summary>
    /// <param name="elapsed">The time since the last look.</param>
    /// <param name="cancellationToken">Ends the agent.</param>
    public void Look(TimeSpan elapsed, CancellationToken cancellationToken)
    {
        lock (_watched)
        {
            Update();
            foreach (var node in _watched.Values)
                Look(node, elapsed, cancellationToken);
        }
    }

    /// <summary>What is done about those that hang; for whoever must see it end.</summary>
    public Task ActsAsync()
    {
        lock (_watched)
            return Task.WhenAll(_watched.Values.Select(node => node.Act));
    }

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(HangRules.Period, timeProvider);
        try
        {
            for (var last = timeProvider.GetTimestamp(); await timer.WaitForNextTickAsync(stoppingToken);)
            {
                var now = timeProvider.GetTimestamp();
                LookSafely(timeProvider.GetElapsedTime(last, now), stoppingToken);
                last = now;
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The agent ends.
        }
    }

    private void LookSafely(TimeSpan elapsed, CancellationToken cancellationToken)
    {
        try
        {
            Look(elapsed, cancellationToken);
        }
        catch (Exception exception)
        {
            logger.LookFailed(exception.Message);
        }
    }

    /// <summary>What runs is watched, each life of a container anew: of a new one nothing is known yet.</summary>
    private void Update()
    {
        var running = view.Containers
            .Where(container => container.State.Running && container.Label(ObjectLabels.Kind) == InstanceKinds.Postgres && table.Find(container.Label(ObjectLabels.Instance)) is { HangTimeout.Ticks: > 0 })
            .DistinctBy(container => container.Label(ObjectLabels.Instance)).ToDictionary(container => container.Label(ObjectLabels.Instance), StringComparer.Ordinal);
        foreach (var gone in _watched.Where(entry => !running.TryGetValue(entry.Key, out var container) || !entry.Value.IsOf(container)).Select(entry => entry.Key).ToList())
            _watched.Remove(gone);
        foreach (var (instanceId, container) in running)
            _watched.TryAdd(instanceId, new Watched(container, instances.Show(container)));
    }

    private void Look(Watched node, TimeSpan elapsed, CancellationToken cancellationToken)
    {
        if (node.Ask is not null)
            node.Hear(node.Ask.IsCompletedSuccessfully ? node.Ask.Result : PostgresAnswer.None, elapsed);
        if (node.Ask is not { IsCompleted: false })
            node.Ask = probe.AskAsync(node.Instance, cancellationToken);
        if (node.Act.IsCompleted && (node.IsToBeCleared || DoesHang(node.Silence, table.Find(node.Instance.InstanceId))))
            node.Act = ActSafelyAsync(node, node.TakeSilence(), cancellationToken);
    }

    private bool DoesHang(Silence silence, InstanceRecord? record) =>
        record is not null && HangRules.DoesHang(silence, record.HangTimeout, record.Want == InstanceState.Running && !fences.IsFenced(record), _paused.GetValueOrDefault(record.InstanceId));

    private async Task ActSafelyAsync(Watched node, Silence silence, CancellationToken cancellationToken)
    {
        try
        {
            await table.UseAsync(node.Instance.InstanceId, slot => ActAsync(slot, node, silence, cancellationToken), cancellationToken);
        }
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
        {
            logger.ActFailed(node.Instance.InstanceId, exception.Message);
        }
        catch (OperationCanceledException)
        {
            // The agent ends.
        }
    }

    /// <summary>Whether it has answered since its silence was taken: the way to here may be long, as where the whole host stood still.</summary>
    private bool HasAnswered(Watched node)
    {
        lock (_watched)
            return node.IsToBeCleared || !node.Silence.Led;
    }

    /// <summary>Under the instance's lock: it is not started meanwhile, and what was said of it since counts.</summary>
    private async Task<bool> ActAsync(InstanceSlot slot, Watched node, Silence silence, CancellationToken cancellationToken)
    {
        if (silence.Lasted == TimeSpan.Zero && slot.Hang.Length > 0)
        {
            table.NoteHang(slot, "");
            logger.HangIsOver(slot.InstanceId);
        }

        if (HasAnswered(node) || !DoesHang(silence, slot.Record) || view.FindInstance(slot.InstanceId) is not { } container || !node.IsOf(container))
            return false;
        var found = string.Create(CultureInfo.InvariantCulture, $"its PostgreSQL gave no answer for {silence.Lasted.TotalSeconds:0} s, and it ");
        logger.InstanceHangs(slot.InstanceId, silence.Lasted, container.PlainName);
        table.NoteHang(slot, found + "was ended for that"); // Before its end is told.
        if (await killer.KillAsync(container, slot.Record!.Process, cancellationToken) is { Length: > 0 } error)
        {
            table.NoteHang(slot, $"{found}could not be ended: {error}");
            logger.EndFailed(slot.InstanceId, container.PlainName, error);
        }

        return true;
    }

    /// <summary>One server in one life of its container.</summary>
    private sealed class Watched(ContainerInspection container, LocalInstance instance)
    {
        private bool _isNoted;

        /// <summary>Where it is asked.</summary>
        public LocalInstance Instance => instance;

        /// <summary>For how long it has been silent.</summary>
        public Silence Silence { get; private set; }

        /// <summary>Whether nothing may be left of what was said of a silence: of an earlier life, or since it answers again.</summary>
        public bool IsToBeCleared { get; private set; } = true;

        /// <summary>The question under way, or the last one; null before the first.</summary>
        public Task<PostgresAnswer>? Ask { get; set; }

        /// <summary>What is done about it, or was last.</summary>
        public Task Act { get; set; } = Task.CompletedTask;

        /// <summary>Takes an answer, or none.</summary>
        public void Hear(PostgresAnswer answer, TimeSpan elapsed)
        {
            Silence = HangRules.Next(Silence, answer, elapsed);
            IsToBeCleared |= _isNoted && answer is PostgresAnswer.Primary or PostgresAnswer.Replica;
        }

        /// <summary>The silence, which is acted on: if it does not help it is acted on again after as long.</summary>
        public Silence TakeSilence()
        {
            var taken = Silence;
            (Silence, _isNoted, IsToBeCleared) = (taken with { Lasted = TimeSpan.Zero }, taken.Lasted > TimeSpan.Zero, false);
            return taken;
        }

        /// <summary>Whether a container is this one, in this life.</summary>
        public bool IsOf(ContainerInspection other) => other.Id == container.Id && other.State.Pid == container.State.Pid && other.State.StartedAt == container.State.StartedAt;
    }
}
