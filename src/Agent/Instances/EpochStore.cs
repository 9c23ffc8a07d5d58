using System.Text.Json;
using Agents.Agent.Kernel;

namespace Agents.Agent.Instances;

/// <summary>
/// The highest epoch of each controller, on disk. Where the file is damaged the epochs that stand in the instances' records are taken, which are those of the last
/// commands about them. Safe for concurrent use.
/// </summary>
internal sealed class EpochStore
{
    private readonly Lock _lock = new();
    private readonly IFileSystem _files;
    private readonly string _path;
    private readonly Dictionary<string, long> _epochs = [];

    /// <summary>Opens the store and takes the higher of its own epochs and those of the records.</summary>
    public EpochStore(IFileSystem files, string directory, IEnumerable<InstanceRecord> records)
    {
        _files = files;
        _path = Path.Combine(directory, "controllers.json");
        foreach (var (controllerId, epoch) in Load().Concat(records.Select(record => new ControllerEpoch(record.ControllerId, record.Ticket.Epoch))))
            if (epoch > Highest(controllerId))
                _epochs[controllerId] = epoch;
    }

    /// <summary>The highest epoch of a controller; 0 when it is not known.</summary>
    public long Highest(string controllerId)
    {
        lock (_lock)
            return _epochs.GetValueOrDefault(controllerId);
    }

    /// <summary>Whether an epoch is at least the highest; if it is higher, it is on the disk as the highest when this returns.</summary>
    public bool TryRaise(string controllerId, long epoch)
    {
        lock (_lock)
        {
            var highest = _epochs.GetValueOrDefault(controllerId);
            if (epoch <= highest)
                return epoch == highest;
            Save(controllerId, epoch);
            _epochs[controllerId] = epoch;
            return true;
        }
    }

    private void Save(string controllerId, long epoch)
    {
        var epochs = new Dictionary<string, long>(_epochs) { [controllerId] = epoch }.Select(pair => new ControllerEpoch(pair.Key, pair.Value)).ToList();
        DurableFile.Replace(_files, _path, JsonSerializer.SerializeToUtf8Bytes(epochs, InstanceJson.Default.ListControllerEpoch));
    }

    private List<ControllerEpoch> Load()
    {
        _files.Delete(_path + DurableFile.TemporarySuffix);
        if (_files.Read(_path) is not { } content)
            return [];
        try
        {
            return JsonSerializer.Deserialize(content, InstanceJson.Default.ListControllerEpoch) ?? [];
        }
        catch (JsonException)
        {
            _files.Rename(_path, _path + InstanceStore.DamagedSuffix);
            return [];
        }
    }
}
