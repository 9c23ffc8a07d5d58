using Agents.Agent.Kernel;

namespace Agents.Testing.Docker;

/// <summary>
/// A disk in memory that loses its power at a chosen step. What was synced is there afterwards; a change of names that was not may be there or not, and both are
/// tried; content that was not synced is torn. Every mutating call is a step.
/// </summary>
internal sealed class FaultyFileSystem : IFileSystem
{
    private readonly Dictionary<string, byte[]> _durable = [];
    private readonly Dictionary<string, byte[]> _volatile = [];

    /// <summary>How many steps were made.</summary>
    public int Steps { get; private set; }

    /// <summary>The step, from 1, in which the power fails; never when 0.</summary>
    public int CrashAt { get; set; }

    /// <summary>Whether names that were changed and not synced are on the disk after the crash.</summary>
    public bool UnsyncedNamesSurvive { get; set; }

    /// <summary>The disk as it is found after the crash.</summary>
    public FaultyFileSystem AfterCrash()
    {
        var after = new FaultyFileSystem();
        foreach (var (path, content) in UnsyncedNamesSurvive ? _volatile : _durable)
            after._durable[path] = after._volatile[path] = content;
        return after;
    }

    /// <summary>Overwrites a file, as a fault of the disk does.</summary>
    public void Damage(string path, byte[] content) => _durable[path] = _volatile[path] = content;

    /// <inheritdoc/>
    public void CreateDirectory(string path)
    {
        // Directories are made before anything is promised.
    }

    /// <inheritdoc/>
    public IReadOnlyList<string> List(string directory) => [.. _volatile.Keys.Where(path => Path.GetDirectoryName(path) == directory)];

    /// <inheritdoc/>
    public byte[]? Read(string path) => _volatile.GetValueOrDefault(path);

    /// <inheritdoc/>
    public void WriteAndSync(string path, ReadOnlySpan<byte> content)
    {
        var copy = content.ToArray();
        Step(() => _volatile[path] = copy[..(copy.Length / 2)]);
        _volatile[path] = copy;
    }

    /// <inheritdoc/>
    public void Rename(string from, string to)
    {
        Step(() => Move(from, to));
        Move(from, to);
    }

    /// <inheritdoc/>
    public void Delete(string path)
    {
        Step(() => _volatile.Remove(path));
        _volatile.Remove(path);
    }

    /// <inheritdoc/>
    public void SyncDirectory(string path)
    {
        Step(() => { });
        foreach (var known in _durable.Keys.Where(known => Path.GetDirectoryName(known) == path && !_volatile.ContainsKey(known)).ToList())
            _durable.Remove(known);
        foreach (var (name, content) in _volatile.Where(file => Path.GetDirectoryName(file.Key) == path))
            _durable[name] = content;
    }

    private void Move(string from, string to)
    {
        if (_volatile.Remove(from, out var content))
            _volatile[to] = content;
    }

    private void Step(Action half)
    {
        if (++Steps != CrashAt)
            return;
        if (UnsyncedNamesSurvive)
            half();
        throw new PowerLostException();
    }
}
