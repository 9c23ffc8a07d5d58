using System.Globalization;
using System.Text.Json;
using Agents.Agent.Kernel;
using Agents.Protocol;

namespace Agents.Agent.Instances;

/// <summary>
/// The highest ticket of each controller that was obeyed, on disk. Where the file is damaged the tickets that stand in the records are taken, which are those of the
/// last commands about them. Safe for concurrent use.
/// </summary>
internal sealed class ControllerTickets
{
    private readonly Lock _lock = new();
    private readonly IFileSystem _files;
    private readonly string _path;
    private readonly Dictionary<string, CommandTicket> _tickets = [];

    /// <summary>Opens the store and takes the higher of its own tickets and those of the records.</summary>
    public ControllerTickets(IFileSystem files, string directory, IEnumerable<ControllerTicket> records)
    {
        _files = files;
        _path = Path.Combine(directory, "controllers.json");
        foreach (var (controllerId, ticket) in Load().Concat(records))
            if (Find(controllerId) is not { } known || ticket.IsAbove(known))
                _tickets[controllerId] = ticket;
    }

    /// <summary>The highest ticket of a controller; null when it is not known.</summary>
    public CommandTicket? Find(string controllerId)
    {
        lock (_lock)
            return _tickets.GetValueOrDefault(controllerId);
    }

    /// <summary>Lets a ticket through that is not stale; if it is the highest, it is on the disk when this returns.</summary>
    public void Admit(string controllerId, CommandTicket ticket)
    {
        lock (_lock)
        {
            if (_tickets.TryGetValue(controllerId, out var highest) && ticket.IsStaleAgainst(highest))
                throw Stale(ticket, highest);
            if (highest is not null && !ticket.IsAbove(highest))
                return;
            Save(controllerId, ticket);
            _tickets[controllerId] = ticket;
        }
    }

    private void Save(string controllerId, CommandTicket ticket)
    {
        var tickets = new Dictionary<string, CommandTicket>(_tickets) { [controllerId] = ticket }.Select(pair => new ControllerTicket(pair.Key, pair.Value)).ToList();
        DurableFile.Replace(_files, _path, JsonSerializer.SerializeToUtf8Bytes(tickets, InstanceJson.Default.ListControllerTicket));
    }

    private List<ControllerTicket> Load()
    {
        _files.Delete(_path + DurableFile.TemporarySuffix);
        if (_files.Read(_path) is not { } content)
            return [];
        try
        {
            return JsonSerializer.Deserialize(content, InstanceJson.Default.ListControllerTicket) ?? [];
        }
        catch (JsonException)
        {
            _files.Rename(_path, _path + DurableFile.DamagedSuffix);
            return [];
        }
    }

    private static CommandException Stale(CommandTicket ticket, CommandTicket highest) => new(
        ErrorReasons.StaleEpoch,
        ticket.Epoch < highest.Epoch
            ? $"A controller with epoch {highest.Epoch} was obeyed before; epoch {ticket.Epoch} is stale."
            : $"Another controller process took the epoch {ticket.Epoch} and was obeyed before.",
        ("highest_epoch", highest.Epoch.ToString(CultureInfo.InvariantCulture)));
}
