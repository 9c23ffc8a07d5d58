using Agents.Agent.Docker;
using Agents.Agent.Docker.Objects;
using Agents.Agent.Instances;
using Agents.Protocol;
using Agents.Words;

namespace Agents.Agent.Tests.Instances;

/// <content>Volumes that are there, and hold no data, or other data.</content>
public sealed partial class SupervisorTests
{
    [Fact]
    public async Task Turn_VolumeEmptied_StartsNothingUntilTheDataIsBack()
    {
        await RunAsync();
        _engine.Crash(Name);
        _engine.EmptyVolume(Name + "-data");

        await StartAsync();

        Assert.Equal(ContainerStatus.Exited, (await FindAsync()).State.Status);
        Assert.Equal(ErrorReasons.DataGone, _table.Find(Id)!.DataTrouble);
        Assert.Equal(ErrorReasons.DataGone, Open().Find(Id)!.DataTrouble);
        WriteControlFile(7_412_000_000_000_000_001);
        await StartAsync();
        Assert.Equal(ContainerStatus.IsRunning, (await FindAsync()).State.Status);
        Assert.Equal("", _table.Find(Id)!.DataTrouble);
    }

    [Theory]
    [InlineData(new byte[] { 1, 2, 3, 4, 5, 6, 7, 8 })]
    [InlineData(new byte[] { 1 })]
    public async Task Turn_OtherDataInItsVolume_StartsNothingAndIsNotRebuilt(byte[] content)
    {
        await RunAsync();
        _engine.Crash(Name);
        _engine.WriteFile(Name + "-data", DataMarks.ControlFile, content);

        await StartAsync();

        Assert.Equal(ContainerStatus.Exited, (await FindAsync()).State.Status);
        Assert.Equal(ErrorReasons.DataForeign, _table.Find(Id)!.DataTrouble);
        Assert.Equal(ErrorReasons.DataForeign, await ReasonAsync(() => _commands.SetWantAsync(_command, new(InstanceState.Running, "", true, Rebuild: true), false, default)));
    }

    [Theory]
    [InlineData("data/member/wal/0000000000000000-0000000000000000.wal")]
    [InlineData("data/member/snap/db")]
    [InlineData("data/member/snap/db", "data/member/wal/0.tmp")]
    [InlineData("data/member/wal/0000000000000000-0000000000000000.wal", "data/member/wal/0.tmp")]
    public async Task Turn_EtcdWithoutOneOfItsMarks_StartsNothing(params string[] left)
    {
        await RunAsync(InstanceKinds.Etcd);
        _engine.Crash(Name);
        _engine.EmptyVolume(Name + "-data");
        foreach (var path in left)
            _engine.WriteFile(Name + "-data", path, [1]);

        await StartAsync();

        Assert.Equal(ContainerStatus.Exited, (await FindAsync()).State.Status);
        Assert.Equal(ErrorReasons.DataGone, _table.Find(Id)!.DataTrouble);
    }

    [Theory]
    [InlineData("data/member/wal/0000000000000000-0000000000000000.wal")]
    [InlineData("data/member/snap/db")]
    public async Task Turn_EtcdWithAnEmptyMark_StartsNothing(string empty)
    {
        await RunAsync(InstanceKinds.Etcd);
        _engine.Crash(Name);
        _engine.EmptyVolume(Name + "-data");
        foreach (var path in new[] { "data/member/wal/0000000000000000-0000000000000000.wal", "data/member/snap/db" })
            _engine.WriteFile(Name + "-data", path, path == empty ? [] : [1]);

        await StartAsync();

        Assert.Equal(ErrorReasons.DataGone, _table.Find(Id)!.DataTrouble);
    }

    [Theory]
    [InlineData(InstanceKinds.Etcd)] // Its log has 64 MB, and says nothing that a running one does not prove.
    [InlineData(InstanceKinds.Postgres)]
    public async Task SetWant_RunsAndIsKnown_ItsVolumeIsNotRead(string kind)
    {
        await RunAsync(kind);
        await _commands.SetWantAsync(_command, new(InstanceState.Running, "", true, false), false, default);
        var looks = _engine.Looks;

        await _commands.SetWantAsync(_command, new(InstanceState.Running, "", true, false), false, default);

        Assert.Equal(looks, _engine.Looks);
        Assert.Equal(kind == InstanceKinds.Postgres, _table.Find(Id)!.DataIdentity.Length > 0);
    }

    [Fact]
    public async Task Turn_VolumeCannotBeLookedAt_SaysNothingOfItsData()
    {
        await RunAsync();
        _engine.Crash(Name);
        _time.Advance((await TurnAsync())!.Value);
        _engine.LookFailures.Enqueue(new DockerException(DockerFailure.Refused, "mount failed"));

        var wait = await TurnAsync();

        Assert.Equal(("mount failed", ""), (Assert.Single(_reader.List()).StartError, _table.Find(Id)!.DataTrouble));
        _time.Advance(wait!.Value);
        await TurnAsync();
        Assert.Equal(ContainerStatus.IsRunning, (await FindAsync()).State.Status);
    }

    private void WriteControlFile(ulong system) => _engine.WriteFile(Name + "-data", DataMarks.ControlFile, BitConverter.GetBytes(system));

    /// <summary>Lets the supervisor try its next start.</summary>
    private async Task StartAsync()
    {
        _time.Advance((await TurnAsync())!.Value);
        await TurnAsync();
    }
}
