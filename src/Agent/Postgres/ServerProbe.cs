using System.Net.Sockets;
using Agents.Agent.Instances;
using Npgsql;

namespace Agents.Agent.Postgres;

/// <summary>
/// Asks over the server's socket, on a connection of its own that waits for no other: what others ask may take long. Only silence is no answer; a refusal is one, and so is a socket that
/// nobody listens on: a server that is gone is started again by whoever runs it.
/// </summary>
internal sealed class ServerProbe(PostgresPools pools, TimeProvider timeProvider) : IServerProbe
{
    private static readonly TimeSpan _limit = TimeSpan.FromSeconds(2);

    /// <inheritdoc/>
    public Task<PostgresAnswer> AskAsync(LocalInstance instance, CancellationToken cancellationToken) => AskAsync(() => PostgresServer.Of(instance), cancellationToken);

    /// <summary>The same of a server, wherever it has its socket.</summary>
    public async Task<PostgresAnswer> AskAsync(Func<PostgresServer> server, CancellationToken cancellationToken)
    {
        using var limit = new CancellationTokenSource(_limit, timeProvider);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        try
        {
            await Task.Yield(); // The way to the socket leads through the container's file system, which may be what hangs.
            return await pools.IsInRecoveryAsync(server(), either.Token) ? PostgresAnswer.Replica : PostgresAnswer.Primary;
        }
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
        {
            return limit.IsCancellationRequested || IsSilence(exception) ? PostgresAnswer.None : PostgresAnswer.Busy;
        }
    }

    /// <summary>Npgsql's own limit; or that so many connections wait already to be taken that no more find room.</summary>
    private static bool IsSilence(Exception exception) =>
        exception is not PostgresException && (exception is TimeoutException or SocketException { SocketErrorCode: SocketError.WouldBlock or SocketError.TryAgain }
            || (exception.InnerException is { } inner && IsSilence(inner)));
}
