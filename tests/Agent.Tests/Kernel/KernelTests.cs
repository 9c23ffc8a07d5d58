using System.Diagnostics;
using Agents.Agent.Kernel;
using Agents.Agent.LocalSocket;
using Agents.Protocol.Configuration;
using Agents.Testing;

namespace Agents.Agent.Tests.Kernel;

/// <summary>What is asked of the kernel, on the kernel that runs the tests and on files that look like others'.</summary>
public sealed class KernelTests : IDisposable
{
    private readonly TemporaryDirectory _directory = new();

    /// <summary>O_DIRECTORY, O_NOFOLLOW and O_DIRECT change places between architectures; on another one a directory would be opened for direct access, and nothing could be saved.</summary>
    [Fact]
    public void OpenFlags_AreThoseThatAllArchitecturesShare()
    {
        const int closeOnExec = 0x80000;
        const int pathOnly = 0x200000;

        Assert.Equal(0, Libc.ReadOnly & ~(closeOnExec | pathOnly));
    }

    [Fact]
    public void Replace_RealDisk_HoldsTheContentForItsOwnerAlone()
    {
        var files = new PosixFileSystem();
        files.CreateDirectory(_directory.File("sub"));
        var path = _directory.File("sub/record");

        DurableFile.Replace(files, path, "one"u8);
        DurableFile.Replace(files, path, "two"u8);

        Assert.Equal("two"u8.ToArray(), files.Read(path));
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(path));
        Assert.Equal([path], files.List(_directory.File("sub")));
        DurableFile.Remove(files, path);
        Assert.Null(files.Read(path));
        Assert.Throws<IOException>(() => files.SyncDirectory(_directory.File("none")));
    }

    [Fact]
    public void FindOwner_OwnProcessAndNone_AreTold()
    {
        var table = new KernelProcessTable();

        Assert.Equal(new FileInfo("/proc/self/ns/pid").LinkTarget, table.FindOwner(Environment.ProcessId)!.Value.PidNamespace);
        Assert.Equal(Environment.IsPrivilegedProcess, table.FindOwner(Environment.ProcessId)!.Value.UserId == 0);
        Assert.Null(table.FindOwner(int.MaxValue));
    }

    [Fact]
    public async Task KillCgroup_FirstVersion_EndsEachProcessAndThaws()
    {
        using var process = Process.Start("sleep", "600");
        Directory.CreateDirectory(_directory.File("group/below"));
        File.WriteAllText(_directory.File("group/cgroup.procs"), "0\n");
        File.WriteAllText(_directory.File("group/freezer.state"), "FROZEN\n");
        File.WriteAllText(_directory.File("group/below/cgroup.procs"), $"{process.Id}\n");

        new KernelProcessTable().KillCgroup(_directory.File("group"));

        await process.WaitForExitAsync().DefaultTimeout();
        Assert.Equal(128 + 9, process.ExitCode);
        Assert.Equal("THAWED", File.ReadAllText(_directory.File("group/freezer.state")));
        new KernelProcessTable().KillCgroup(_directory.File("none"));
    }

    [Fact]
    public void KillCgroup_SecondVersion_IsTheKernelsOwn()
    {
        File.WriteAllText(_directory.File("cgroup.kill"), "");

        new KernelProcessTable().KillCgroup(_directory.Path);

        Assert.Equal("1", File.ReadAllText(_directory.File("cgroup.kill")));
    }

    [Fact]
    public void BootClock_Real_MovesOn()
    {
        var clock = new KernelBootClock();

        Assert.True(Guid.TryParse(clock.BootId, out _));
        Assert.True(clock.SinceBoot > TimeSpan.Zero);
    }

    [Fact]
    public async Task FindStartTime_ProcessLivesAndEnds_IsTold()
    {
        var processes = new KernelProcessTable();
        using var process = Process.Start("sleep", "60");
        Assert.True(processes.FindStartTime(process.Id) > 0);

        process.Kill();
        await process.WaitForExitAsync().DefaultTimeout();

        Assert.Null(processes.FindStartTime(process.Id));
        Assert.NotNull(processes.FindCgroups(Environment.ProcessId, "/"));
    }

    [Theory]
    [InlineData("4:memory:/docker/abc", "/sys/fs/cgroup/memory/docker/abc")]
    [InlineData("1:cpu,cpuacct:/docker/abc", "/sys/fs/cgroup/cpu,cpuacct/docker/abc")]
    [InlineData("1:name=systemd:/docker/abc", "/sys/fs/cgroup/systemd/docker/abc")]
    [InlineData("0::/system.slice/docker-abc.scope", "/sys/fs/cgroup/unified/system.slice/docker-abc.scope")]
    [InlineData("9:pids:/outside", null)]
    [InlineData("9:pids:/inner/abc", "/sys/fs/cgroup/pids/abc")]
    [InlineData("3:rdma:/docker/abc", null)]
    [InlineData("nonsense", null)]
    public void DirectoryOf_Membership_IsFoundWhereItIsMounted(string line, string? expected)
    {
        var mounts = CgroupMounts.Parse(
            """
            1 0 0:1 / /sys/fs/cgroup/memory rw - cgroup cgroup rw,memory
            2 0 0:2 / /sys/fs/cgroup/cpu,cpuacct rw - cgroup cgroup rw,cpu,cpuacct
            3 0 0:3 / /sys/fs/cgroup/systemd rw shared:1 - cgroup cgroup rw,xattr,name=systemd
            4 0 0:4 / /sys/fs/cgroup/unified rw - cgroup2 cgroup2 rw
            5 0 0:5 /inner /sys/fs/cgroup/pids rw - cgroup cgroup rw,pids
            6 0 0:6 / / rw - ext4 /dev/vda rw
            """);

        Assert.Equal(expected, mounts.DirectoryOf(line));
    }

    [Fact]
    public void IsCgroupEmpty_ProcessBelow_IsNotEmpty()
    {
        var processes = new KernelProcessTable();
        Assert.True(processes.IsCgroupEmpty(_directory.File("none")));
        Directory.CreateDirectory(_directory.File("group/below"));
        File.WriteAllText(_directory.File("group/cgroup.procs"), "");
        File.WriteAllText(_directory.File("group/below/cgroup.procs"), "");
        Assert.True(processes.IsCgroupEmpty(_directory.File("group")));

        File.WriteAllText(_directory.File("group/below/cgroup.procs"), "17\n");

        Assert.False(processes.IsCgroupEmpty(_directory.File("group")));
    }

    [Fact]
    public void DataDirectory_TakenTwice_IsRefused()
    {
        using (DataDirectoryLock.Take(_directory.File("data")))
            Assert.Throws<ConfigurationException>(() => DataDirectoryLock.Take(_directory.File("data")));
        DataDirectoryLock.Take(_directory.File("data")).Dispose();
    }

    [Fact]
    public void DataDirectory_ThatOthersMayReadOrWrite_IsClosedOrRefused()
    {
        const UnixFileMode own = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;
        var (read, written) = (Directory.CreateDirectory(_directory.File("read")).FullName, Directory.CreateDirectory(_directory.File("written")).FullName);
        File.SetUnixFileMode(read, own | UnixFileMode.OtherRead | UnixFileMode.OtherExecute);
        File.SetUnixFileMode(written, own | UnixFileMode.OtherWrite);

        DataDirectoryLock.Take(read).Dispose();

        Assert.Equal(own, File.GetUnixFileMode(read));
        Assert.Contains("others may write", Assert.Throws<ConfigurationException>(() => DataDirectoryLock.Take(written)).Message, StringComparison.Ordinal);
    }

    /// <inheritdoc/>
    public void Dispose() => _directory.Dispose();
}
