using System.Text.Json;
using Agents.Agent.Kernel;

namespace Agents.Agent.Instances;

/// <summary>
/// The records on disk, one file each, replaced as a whole (<see cref="DurableFile"/>). What a crash left unfinished is removed when reading. A file that cannot be
/// understood is moved aside and named to the caller, who must treat the instance as one that may not be started. One writer at a time for each instance.
/// </summary>
internal sealed class InstanceStore
{
    /// <summary>The end of the names of files that could not be understood.</summary>
    public const string DamagedSuffix = ".damaged";

    private const string Suffix = ".json";

    private readonly IFileSystem _files;
    private readonly string _directory;

    /// <summary>Opens the store; the directory is made when it is missing.</summary>
    public InstanceStore(IFileSystem files, string directory)
    {
        _files = files;
        _directory = directory;
        files.CreateDirectory(directory);
    }

    /// <summary>Reads all records, and the ids of the instances whose record is damaged.</summary>
    public (IReadOnlyList<InstanceRecord> Records, IReadOnlyList<string> Damaged) Load()
    {
        var records = new List<InstanceRecord>();
        var damaged = new List<string>();
        foreach (var path in _files.List(_directory))
        {
            if (path.EndsWith(DurableFile.TemporarySuffix, StringComparison.Ordinal))
                _files.Delete(path); // It was never acknowledged.
            else if (path.EndsWith(DamagedSuffix, StringComparison.Ordinal))
                damaged.Add(IdOf(path[..^DamagedSuffix.Length]));
            else if (path.EndsWith(Suffix, StringComparison.Ordinal))
                Load(path, records, damaged);
        }

        var known = records.Select(record => record.InstanceId).ToHashSet();
        return (records, [.. damaged.Distinct().Where(id => !known.Contains(id))]);
    }

    /// <summary>Writes a record; when this returns it is on the disk.</summary>
    public void Save(InstanceRecord record) => DurableFile.Replace(
        _files, PathOf(record.InstanceId), JsonSerializer.SerializeToUtf8Bytes(record, InstanceJson.Default.InstanceRecord));

    /// <summary>Writes the tombstone of an instance in the place of its record, damaged or not; when this returns it is on the disk.</summary>
    public void Bury(InstanceRecord tombstone)
    {
        Save(tombstone);
        _files.Delete(PathOf(tombstone.InstanceId) + DamagedSuffix);
    }

    /// <summary>Removes a tombstone.</summary>
    public void Remove(string instanceId) => DurableFile.Remove(_files, PathOf(instanceId));

    private void Load(string path, List<InstanceRecord> records, List<string> damaged)
    {
        try
        {
            var record = JsonSerializer.Deserialize(_files.Read(path), InstanceJson.Default.InstanceRecord);
            if (record?.InstanceId != IdOf(path))
                throw new JsonException("The record is of another instance.");
            records.Add(record);
        }
        catch (JsonException)
        {
            _files.Rename(path, path + DamagedSuffix);
            _files.SyncDirectory(_directory);
            damaged.Add(IdOf(path));
        }
    }

    private string PathOf(string instanceId) => Path.Combine(_directory, instanceId + Suffix);

    private static string IdOf(string path) => Path.GetFileNameWithoutExtension(path);
}
