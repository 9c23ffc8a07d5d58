using System.Buffers.Binary;
using System.Net.Sockets;
using System.Text;
using Agents.Agent.Kernel;
using Agents.Agent.Postgres;
using Agents.Testing;

namespace Agents.Agent.Tests.Postgres;

/// <summary>What a server's socket says, and that only silence is none.</summary>
public sealed class ServerProbeTests : IDisposable
{
    private const int Port = 20002;

    private readonly TemporaryDirectory _root = new();
    private readonly TemporaryDirectory _own = new();
    private readonly PostgresPools _pools;
    private readonly Microsoft.Extensions.Time.Testing.FakeTimeProvider _time = A.Clock();

    public ServerProbeTests()
    {
        Directory.CreateDirectory(_root.File("run/postgresql"));
        _pools = new PostgresPools(TestSettings.Create(_own.Path), new KernelProcessTable());
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _pools.Dispose();
        _root.Dispose();
        _own.Dispose();
    }

    [Fact]
    public async Task Ask_NobodyListens_IsBusy()
    {
        Assert.Equal(PostgresAnswer.Busy, await AskAsync());
        Listen().Dispose();
        Assert.Equal(PostgresAnswer.Busy, await AskAsync()); // The socket of one that has ended.
    }

    [Fact]
    public async Task Ask_ItSaysThatItStarts_IsBusy()
    {
        using var listener = Listen();
        var asking = AskAsync();

        using var connection = await AcceptAsync(listener);
        await connection.SendAsync(Refusal("57P03"));

        Assert.Equal(PostgresAnswer.Busy, await asking);
    }

    [Fact]
    public async Task Ask_ItIsSilent_IsNoAnswerAfterAMoment()
    {
        using var listener = Listen();
        var asking = AskAsync();

        using var connection = await AcceptAsync(listener);
        Assert.False(asking.IsCompleted);
        _time.Advance(TimeSpan.FromSeconds(2));

        Assert.Equal(PostgresAnswer.None, await asking);
    }

    private Task<PostgresAnswer> AskAsync() => new ServerProbe(_pools, _time)
        .AskAsync(() => new PostgresServer("22222222-2222-4222-8222-222222222222", "container", Environment.ProcessId, _root.Path, Port), default).DefaultTimeout();

    private Socket Listen()
    {
        var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        socket.Bind(new UnixDomainSocketEndPoint(_root.File($"run/postgresql/.s.PGSQL.{Port}")));
        socket.Listen();
        return socket;
    }

    /// <summary>The connection that asks; the one before it only looks who listens.</summary>
    private static async Task<Socket> AcceptAsync(Socket listener)
    {
        while (true)
        {
            var connection = await listener.AcceptAsync().DefaultTimeout();
            if (await connection.ReceiveAsync(new byte[4096]).DefaultTimeout() > 0)
                return connection;
            connection.Dispose();
        }
    }

    private static byte[] Refusal(string sqlState)
    {
        var fields = Encoding.ASCII.GetBytes($"SFATAL\0VFATAL\0C{sqlState}\0Mthe database system is starting up\0\0");
        var message = new byte[5 + fields.Length];
        message[0] = (byte)'E';
        BinaryPrimitives.WriteInt32BigEndian(message.AsSpan(1), 4 + fields.Length);
        fields.CopyTo(message, 5);
        return message;
    }
}
