using System.Net.Sockets;
using Agents.Agent.Kernel;
using Agents.Agent.Postgres;
using Agents.Testing;

namespace Agents.Agent.Tests.Postgres;

/// <summary>A container's file system is the container's: what it can put in the place of PostgreSQL's socket, and that the agent is not led out by it.</summary>
public sealed class PostgresSocketTests : IDisposable
{
    private const int Port = 20001;
    private static readonly int s_self = Environment.ProcessId;

    private readonly TemporaryDirectory _root = new();
    private readonly TemporaryDirectory _own = new();
    private readonly Listener _listener;
    private readonly Owners _owners = new();

    /// <summary>A container with a server.</summary>
    public PostgresSocketTests()
    {
        Directory.CreateDirectory(_root.File("run/postgresql"));
        _listener = new Listener(InContainer);
    }

    private string InContainer => _root.File($"run/postgresql/.s.PGSQL.{Port}");

    /// <inheritdoc/>
    public void Dispose()
    {
        _listener.Dispose();
        _root.Dispose();
        _own.Dispose();
    }

    [Fact]
    public async Task Refresh_ContainersOwnSocket_IsConnectedTo_AlsoAfterAnotherStart()
    {
        using var socket = Socket();

        socket.Refresh();
        await ConnectAsync(socket, _listener);

        _listener.Dispose();
        File.Delete(InContainer);
        using var second = new Listener(InContainer);
        socket.Refresh();
        await ConnectAsync(socket, second);
        socket.Refresh();
        await ConnectAsync(socket, second);
    }

    [Fact]
    public void Refresh_LinkOutOfTheContainer_IsNotFollowed()
    {
        using var outside = new Listener(_own.File("docker.sock"));
        using var socket = Socket();

        File.Delete(InContainer);
        File.CreateSymbolicLink(InContainer, _own.File("docker.sock"));
        Assert.Contains("link", Assert.Throws<IOException>(socket.Refresh).Message, StringComparison.Ordinal);

        Directory.Move(_root.File("run/postgresql"), _root.File("run/moved"));
        File.CreateSymbolicLink(_root.File("run/postgresql"), _own.Path);
        File.CreateSymbolicLink(_own.File($".s.PGSQL.{Port}"), _own.File("docker.sock"));
        Assert.Throws<IOException>(socket.Refresh);
        Assert.Empty(Directory.GetFiles(socket.Directory));
    }

    [Fact]
    public void Refresh_LinkInPlaceOfAKnownSocket_IsNotFollowed()
    {
        using var outside = new Listener(_own.File("docker.sock"));
        using var socket = Socket();
        socket.Refresh();

        File.Delete(InContainer);
        File.CreateSymbolicLink(InContainer, _own.File("docker.sock"));

        Assert.Throws<IOException>(socket.Refresh);
    }

    [Fact]
    public void Refresh_FileOrNothing_IsRefused()
    {
        using var socket = Socket();

        File.Delete(InContainer);
        Assert.Throws<IOException>(socket.Refresh);
        File.WriteAllText(InContainer, "");
        Assert.Contains("not a socket", Assert.Throws<IOException>(socket.Refresh).Message, StringComparison.Ordinal);
        Assert.Throws<IOException>(() => ConfinedSocket.Open(_root.File("none"), "x"));
    }

    [Fact]
    public void Refresh_SocketOfAProcessThatIsNotTheContainers_IsRefused()
    {
        _owners.Known[s_self] = ("pid:[2]", _owners.Known[s_self].UserId); // A directory that two containers share.
        Assert.Contains("outside of the container", Refused(), StringComparison.Ordinal);
        _owners.Known[s_self] = _owners.Known[Owners.InitPid];
        _owners.Known[Owners.InitPid] = _owners.Known[s_self] with { UserId = 4711 };
        Assert.Contains("user 4711", Refused(), StringComparison.Ordinal);
        _owners.Known.Remove(Owners.InitPid);
        Assert.Contains("does not run", Refused(), StringComparison.Ordinal);
    }

    private string Refused()
    {
        using var socket = Socket();
        var message = Assert.Throws<PostgresUnreachableException>(socket.Refresh).Message;
        Assert.Empty(Directory.GetFiles(socket.Directory));
        return message;
    }

    private PostgresSocket Socket() => new(new PostgresServer("instance", "container", Owners.InitPid, _root.Path, Port), _own.File("socket"), _owners);

    private static async Task ConnectAsync(PostgresSocket socket, Listener listener)
    {
        var accepted = listener.Accepted;
        using var client = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        await client.ConnectAsync(new UnixDomainSocketEndPoint(Path.Combine(socket.Directory, $".s.PGSQL.{Port}"))).DefaultTimeout();
        while (listener.Accepted == accepted)
            await Task.Yield();
    }

    /// <summary>Listens and counts.</summary>
    private sealed class Listener : IDisposable
    {
        private readonly Socket _socket = new(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        private volatile int _accepted;

        public Listener(string path)
        {
            _socket.Bind(new UnixDomainSocketEndPoint(path));
            _socket.Listen();
            _ = AcceptAsync();
        }

        public int Accepted => _accepted;

        public void Dispose() => _socket.Dispose();

        private async Task AcceptAsync()
        {
            try
            {
                while (true)
                {
                    using var peer = await _socket.AcceptAsync();
                    _accepted++;
                }
            }
            catch (Exception exception) when (exception is SocketException or ObjectDisposedException)
            {
                // Closed.
            }
        }
    }

    /// <summary>Processes in a container of the test's choice.</summary>
    private sealed class Owners : IProcessTable
    {
        public const int InitPid = 1_000_000_000; // No process has such an id.

        public Dictionary<int, (string PidNamespace, uint UserId)> Known { get; } = new()
        {
            [InitPid] = new KernelProcessTable().FindOwner(s_self)!.Value,
            [s_self] = new KernelProcessTable().FindOwner(s_self)!.Value,
        };

        public (string PidNamespace, uint UserId)? FindOwner(int pid) => Known.TryGetValue(pid, out var owner) ? owner : null;

        public long? FindStartTime(int pid) => throw new NotSupportedException();

        public IReadOnlyList<string> FindCgroups(int pid, string marker) => throw new NotSupportedException();

        public void KillCgroup(string directory) => throw new NotSupportedException();

        public bool IsCgroupEmpty(string directory) => throw new NotSupportedException();
    }
}
