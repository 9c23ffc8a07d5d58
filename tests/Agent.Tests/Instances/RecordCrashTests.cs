using Agents.Agent.Instances;
using Agents.Testing.Docker;

namespace Agents.Agent.Tests.Instances;

/// <summary>The power fails in every step of every write: a record is then the old one or the new one, and what was acknowledged is never lost.</summary>
public sealed class RecordCrashTests
{
    private const string Directory = "/data/instances";
    private static readonly string s_id = Guid.Parse("11111111-1111-4111-8111-111111111111").ToString();

    private static readonly InstanceRecord[] s_history =
    [
        Record(1), Record(2) with { Want = InstanceState.Running },
        Record(3) with { Want = InstanceState.Running, Fence = new FenceRecord("fence-1", TimeSpan.FromSeconds(60), "boot-1", TimeSpan.FromHours(2), "a test") },
        Record(3) with { Want = InstanceState.Running },
        Record(4) with { Want = InstanceState.Stopped, ConfigHash = "h", Initialised = true, Process = new ProcessRecord("c", default, 1, 2, ["/x"], "boot-1", "p") },
    ];

    private static readonly InstanceRecord s_forgotten = Record(5) with { ForgottenAt = new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero) };

    public static TheoryData<int, bool> EveryStep()
    {
        var disk = new FaultyFileSystem();
        _ = Write(disk, new InstanceStore(disk, Directory));
        var data = new TheoryData<int, bool>();
        for (var step = 1; step <= disk.Steps; step++)
        {
            data.Add(step, true);
            data.Add(step, false);
        }

        return data;
    }

    [Theory]
    [MemberData(nameof(EveryStep))]
    public void Save_PowerFails_RecordIsOldOrNew(int step, bool unsyncedNamesSurvive)
    {
        var disk = new FaultyFileSystem { CrashAt = step, UnsyncedNamesSurvive = unsyncedNamesSurvive };
        var acknowledged = Write(disk, new InstanceStore(disk, Directory));

        var (records, damaged) = new InstanceStore(disk.AfterCrash(), Directory).Load();

        Assert.Empty(damaged);
        var found = records.SingleOrDefault();
        Assert.True(
            Same(found, acknowledged == 0 ? null : s_history[acknowledged - 1]) || Same(found, s_history[Math.Min(acknowledged, s_history.Length - 1)]),
            $"after {acknowledged} acknowledged writes the disk holds {found}");
    }

    [Theory]
    [MemberData(nameof(EveryEpochStep))]
    public void Admit_PowerFails_AcknowledgedEpochIsKept(int step, bool unsyncedNamesSurvive)
    {
        var disk = new FaultyFileSystem { CrashAt = step, UnsyncedNamesSurvive = unsyncedNamesSurvive };
        long acknowledged = 0;
        try
        {
            var tickets = new ControllerTickets(disk, "/data", []);
            for (long epoch = 1; epoch <= 3; epoch++)
            {
                tickets.Admit("store-1", new CommandTicket(epoch));
                acknowledged = epoch;
            }
        }
        catch (PowerLostException)
        {
            // That is what is tried.
        }

        Assert.InRange(new ControllerTickets(disk.AfterCrash(), "/data", []).Find("store-1")?.Epoch ?? 0, acknowledged, acknowledged + 1);
    }

    public static TheoryData<int, bool> EveryEpochStep()
    {
        var data = new TheoryData<int, bool>();
        for (var step = 1; step <= 10; step++)
        {
            data.Add(step, true);
            data.Add(step, false);
        }

        return data;
    }

    [Fact]
    public void Load_DamagedFile_IsSetAsideAndNamed()
    {
        var disk = new FaultyFileSystem();
        var store = new InstanceStore(disk, Directory);
        store.Save(s_history[2]);
        disk.Damage($"{Directory}/{s_id}.json", "{ torn"u8.ToArray());

        Assert.Equal([s_id], store.Load().Damaged);
        Assert.Equal([s_id], new InstanceStore(disk, Directory).Load().Damaged);
        store.Save(s_history[3]);
        Assert.Empty(new InstanceStore(disk, Directory).Load().Damaged);
        disk.Damage($"{Directory}/{s_id}.json", "{ torn"u8.ToArray());
        Assert.Equal([s_id], store.Load().Damaged);
        store.Bury(s_forgotten);
        Assert.Equal([s_forgotten], new InstanceStore(disk, Directory).Load().Records);
        Assert.Empty(store.Load().Damaged);
        store.Remove(s_id);
        Assert.Empty(store.Load().Records);
    }

    [Fact]
    public void Tickets_DamagedFile_AreTakenFromRecords()
    {
        var disk = new FaultyFileSystem();
        disk.Damage("/data/controllers.json", "torn"u8.ToArray());

        Assert.Equal(9, new ControllerTickets(disk, "/data", [new ControllerTicket("store-1", new CommandTicket(9))]).Find("store-1")!.Epoch);
    }

    private static int Write(FaultyFileSystem disk, InstanceStore store)
    {
        var acknowledged = 0;
        try
        {
            foreach (var record in s_history)
            {
                store.Save(record);
                acknowledged++;
            }
        }
        catch (PowerLostException)
        {
            // That is what is tried.
        }

        return acknowledged;
    }

    private static bool Same(InstanceRecord? left, InstanceRecord? right) => left?.ToString() == right?.ToString()
        || (left is not null && right is not null && left with { Process = null } == right with { Process = null });

    private static InstanceRecord Record(long generation) => new() { InstanceId = s_id, ControllerId = "store-1", Generation = generation, Kind = "postgres" };
}
