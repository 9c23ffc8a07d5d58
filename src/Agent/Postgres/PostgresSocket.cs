using Agents.Agent.Kernel;

namespace Agents.Agent.Postgres;

/// <summary>
/// The way from this process to one server's Unix socket. The container's file system is the container's: what stands there under the socket's name is taken only when it
/// is no link and when the one that listens is a process of the very container, under its user. Npgsql connects by path; so a directory of the agent's own holds a link to the
/// descriptor that was looked at. Safe for concurrent use.
/// </summary>
internal sealed class PostgresSocket : IDisposable
{
    private readonly PostgresServer _server;
    private readonly IProcessTable _processes;
    private readonly Lock _change = new();
    private ConfinedSocket? _current;
    private ConfinedSocket? _previous;

    /// <summary>Makes the directory; nothing is looked at yet.</summary>
    public PostgresSocket(PostgresServer server, string directory, IProcessTable processes)
    {
        _server = server;
        _processes = processes;
        Directory = directory;
        System.IO.Directory.CreateDirectory(directory, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }

    /// <summary>The directory to connect in.</summary>
    public string Directory { get; }

    /// <summary>
    /// Has the directory lead to the socket that is there now: a server that was started again in its container has another. Throws
    /// <see cref="PostgresUnreachableException"/> for one that is not the container's own, and <see cref="IOException"/> or a SocketException where there is none.
    /// </summary>
    public void Refresh()
    {
        lock (_change)
        {
            var found = ConfinedSocket.Open(_server.Root, _server.SocketPath);
            if (found.Identity == _current?.Identity)
            {
                found.Dispose();
                return;
            }

            try
            {
                RequireOwn(found.FindListener());
                Link(found.Path);
            }
            catch
            {
                found.Dispose();
                throw;
            }

            // One that is being connected to at this moment must not become another file's descriptor.
            _previous?.Dispose();
            (_previous, _current) = (_current, found);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        lock (_change)
        {
            System.IO.Directory.Delete(Directory, recursive: true);
            _previous?.Dispose();
            _current?.Dispose();
        }
    }

    private void RequireOwn((int Pid, uint UserId) listener)
    {
        if (SocketListener.DoubtOf(_processes, _server.InitPid, listener) is { Length: > 0 } doubt)
            throw new PostgresUnreachableException(doubt);
    }

    private void Link(string target)
    {
        var link = Path.Combine(Directory, _server.SocketName);
        var next = link + ".next";
        File.Delete(next);
        File.CreateSymbolicLink(next, target);
        File.Move(next, link, overwrite: true);
    }
}
