using System.Globalization;
using System.Net.Sockets;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Agents.Agent.Kernel;

/// <summary>
/// A Unix socket inside of another root directory, as a container's, held open: whatever is done to its name from now on, this is the one that is connected to. The
/// way to it has no link, since a link in a container may lead to any file of the host. Failures are <see cref="IOException"/>.
/// </summary>
internal sealed class ConfinedSocket : IDisposable
{
    private const int PathOnly = 0x200000;
    private const int CloseOnExec = 0x80000;
    private const ulong ResolveNoSymlinks = 0x04;
    private const ulong ResolveInRoot = 0x10;

    private const int EmptyPath = 0x1000;
    private const uint BasicStatus = 0x7ff;
    private const int StatusBytes = 256;
    private const int ModeAt = 28;
    private const int InodeAt = 32;
    private const int DeviceAt = 136;
    private const int TypeMask = 0xf000;
    private const int SocketType = 0xc000;

    private readonly SafeFileHandle _handle;

    private ConfinedSocket(SafeFileHandle handle, ulong device, ulong inode)
    {
        _handle = handle;
        Identity = (device, inode);
    }

    /// <summary>The device and inode of the socket; no other has them for as long as this one is held.</summary>
    public (ulong Device, ulong Inode) Identity { get; }

    /// <summary>A name of it in this process, to connect to.</summary>
    public string Path => string.Create(CultureInfo.InvariantCulture, $"/proc/self/fd/{_handle.DangerousGetHandle()}");

    /// <summary>Opens the socket at a path below a root.</summary>
    public static ConfinedSocket Open(string root, string path)
    {
        using var directory = new SafeFileHandle(Libc.Open(root, PathOnly | CloseOnExec), ownsHandle: true);
        if (directory.IsInvalid)
            throw Failed(root);
        var handle = new SafeFileHandle(Libc.OpenAt2(directory, path, new Libc.OpenHow(PathOnly | CloseOnExec, 0, ResolveInRoot | ResolveNoSymlinks)), ownsHandle: true);
        try
        {
            return handle.IsInvalid ? throw Failed($"{root}/{path}") : Identify(handle, $"{root}/{path}");
        }
        catch
        {
            handle.Dispose();
            throw;
        }
    }

    /// <summary>Connects once and says which process listens, and as which user.</summary>
    public (int Pid, uint UserId) FindListener()
    {
        using var socket = Connect();
        return ListenerOf(socket);
    }

    /// <summary>Connects at once, or throws a <see cref="SocketException"/>.</summary>
    public Socket Connect()
    {
        var socket = new Socket(AddressFamily.Unix, System.Net.Sockets.SocketType.Stream, ProtocolType.Unspecified) { Blocking = false };
        try
        {
            socket.Connect(new UnixDomainSocketEndPoint(Path));
            return socket;
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    /// <summary>Which process listens at the other end of a connection, and as which user.</summary>
    public static (int Pid, uint UserId) ListenerOf(Socket socket)
    {
        const int socketLevel = 1;
        const int peerCredentials = 17;
        Span<byte> credentials = stackalloc byte[12]; // struct ucred: process, user, group.
        socket.GetRawSocketOption(socketLevel, peerCredentials, credentials);
        return (MemoryMarshal.Read<int>(credentials), MemoryMarshal.Read<uint>(credentials[4..]));
    }

    /// <inheritdoc/>
    public void Dispose() => _handle.Dispose();

    private static ConfinedSocket Identify(SafeFileHandle handle, string path)
    {
        Span<byte> status = stackalloc byte[StatusBytes];
        if (Libc.Statx(handle, "", EmptyPath, BasicStatus, status) < 0)
            throw Failed(path);
        if ((MemoryMarshal.Read<ushort>(status[ModeAt..]) & TypeMask) != SocketType)
            throw new IOException($"{path} is not a socket");
        return new ConfinedSocket(handle, MemoryMarshal.Read<ulong>(status[DeviceAt..]), MemoryMarshal.Read<ulong>(status[InodeAt..]));
    }

    private static IOException Failed(string path)
    {
        const int tooManyLinks = 40;
        var error = Marshal.GetLastPInvokeError();
        return new IOException(error == tooManyLinks ? $"{path} is a link, or lies behind one" : $"{path}: {Marshal.GetPInvokeErrorMessage(error)}");
    }
}
