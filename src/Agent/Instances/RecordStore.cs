using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Agents.Agent.Kernel;

namespace Agents.Agent.Instances;

/// <summary>
/// Records on disk, one file each, replaced as a whole (<see cref="DurableFile"/>). What a crash left unfinished is removed when reading. A file that cannot be
/// understood is moved aside and named to the caller. One writer at a time for each record.
/// </summary>
internal abstract class RecordStore<T>
    where T : class
{
    private const string Suffix = ".json";

    private readonly IFileSystem _files;
    private readonly string _directory;
    private readonly JsonTypeInfo<T> _type;
    private readonly Func<T, string> _keyOf;

    /// <summary>Opens the store; the directory is made when it is missing.</summary>
    protected RecordStore(IFileSystem files, string directory, JsonTypeInfo<T> type, Func<T, string> keyOf)
    {
        _files = files;
        _directory = directory;
        _type = type;
        _keyOf = keyOf;
        files.CreateDirectory(directory);
    }

    /// <summary>Reads all records, and the keys of those that are damaged.</summary>
    public (IReadOnlyList<T> Records, IReadOnlyList<string> Damaged) Load()
    {
        var records = new List<T>();
        var damaged = new List<string>();
        foreach (var path in _files.List(_directory))
        {
            if (path.EndsWith(DurableFile.TemporarySuffix, StringComparison.Ordinal))
                _files.Delete(path); // It was never acknowledged.
            else if (path.EndsWith(DurableFile.DamagedSuffix, StringComparison.Ordinal))
                damaged.Add(KeyOf(path[..^DurableFile.DamagedSuffix.Length]));
            else if (path.EndsWith(Suffix, StringComparison.Ordinal))
                Load(path, records, damaged);
        }

        var known = records.Select(_keyOf).ToHashSet();
        return (records, [.. damaged.Distinct().Where(key => !known.Contains(key))]);
    }

    /// <summary>Writes a record; when this returns it is on the disk.</summary>
    public void Save(T record) => DurableFile.Replace(_files, PathOf(_keyOf(record)), JsonSerializer.SerializeToUtf8Bytes(record, _type));

    /// <summary>Writes a tombstone in the place of a record, damaged or not; when this returns it is on the disk.</summary>
    public void Bury(T tombstone)
    {
        Save(tombstone);
        _files.Delete(PathOf(_keyOf(tombstone)) + DurableFile.DamagedSuffix);
    }

    /// <summary>Removes a tombstone.</summary>
    public void Remove(string key) => DurableFile.Remove(_files, PathOf(key));

    private void Load(string path, List<T> records, List<string> damaged)
    {
        try
        {
            var record = JsonSerializer.Deserialize(_files.Read(path), _type);
            if (record is null || _keyOf(record) != KeyOf(path))
                throw new JsonException("The record is of another.");
            records.Add(record);
        }
        catch (JsonException)
        {
            _files.Rename(path, path + DurableFile.DamagedSuffix);
            _files.SyncDirectory(_directory);
            damaged.Add(KeyOf(path));
        }
    }

    private string PathOf(string key) => Path.Combine(_directory, key + Suffix);

    private static string KeyOf(string path) => Path.GetFileName(path)[..^Suffix.Length];
}
