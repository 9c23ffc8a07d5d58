using Agents.Agent.Instances;
using Agents.Protocol;
using Agents.Words;
using Agents.V1;
using Google.Protobuf;
using Grpc.Core;

namespace Agents.Agent.Services;

/// <summary>Reads who commands, and tells everything that is wrong with it at once.</summary>
internal static class CommandContexts
{
    private const int TextMax = 128;
    private const int MacBytesMax = 64;

    /// <summary>The command of a context.</summary>
    public static Command Read(CommandContext? context)
    {
        context ??= new CommandContext();
        var ticket = context.Ticket ?? new Ticket();
        var violations = Check(context, ticket).ToList();
        if (violations.Count > 0)
            throw RpcErrors.Create(
                StatusCode.InvalidArgument, ErrorReasons.InvalidArgument, string.Join(" ", violations.Select(violation => $"'{violation.Field}' {violation.Description}.")), violations);
        return new Command(
            context.ControllerId, new CommandTicket(ticket.Epoch, ticket.EpochId, ticket.StoreRevision, ticket.InstanceId, ticket.Generation, ticket.Mac.ToBase64()),
            context.Owner is { } owner ? new ResourceOwner(owner.Type, owner.Id) : ResourceOwner.None, context.OwnerGeneration, context.InstanceId, context.InstanceGeneration);
    }

    /// <summary>The command of a context that must be about an instance.</summary>
    public static Command ReadInstance(CommandContext? context) => ReadWith(context, command => command.HasInstance, "context.instance_id");

    /// <summary>The command of a context that must be about a resource.</summary>
    public static Command ReadOwner(CommandContext? context) => ReadWith(context, command => command.Owner != ResourceOwner.None, "context.owner");

    /// <summary>A ticket as it is given back.</summary>
    public static Ticket ToContract(this CommandTicket ticket) => new()
    {
        Epoch = ticket.Epoch,
        EpochId = ticket.EpochId,
        StoreRevision = ticket.StoreRevision,
        InstanceId = ticket.InstanceId,
        Generation = ticket.Generation,
        Mac = ByteString.FromBase64(ticket.Mac),
    };

    /// <summary>A resource; not set where there is none.</summary>
    public static ResourceRef? ToContract(this ResourceOwner owner) => owner == ResourceOwner.None ? null : new ResourceRef { Type = owner.Type, Id = owner.Id };

    private static Command ReadWith(CommandContext? context, Func<Command, bool> isComplete, string field)
    {
        var command = Read(context);
        return isComplete(command) ? command : throw RpcErrors.Create(
            StatusCode.InvalidArgument, ErrorReasons.InvalidArgument, $"'{field}' must be given.", violations: [(field, "must be given")]);
    }

    private static IEnumerable<(string Field, string Description)> Check(CommandContext context, Ticket ticket)
    {
        if (context.ControllerId.Length is 0 or > TextMax)
            yield return ("context.controller_id", "must be given");
        if (ticket.Epoch < 1)
            yield return ("context.ticket.epoch", "must be at least 1");
        if (ticket.EpochId.Length > TextMax || ticket.InstanceId.Length > TextMax || ticket.Mac.Length > MacBytesMax)
            yield return ("context.ticket", $"has texts of {TextMax} characters and a mac of {MacBytesMax} bytes at the most");
        if (context.InstanceId.Length > 0 && !IsId(context.InstanceId))
            yield return ("context.instance_id", "must be a lower-case hyphenated GUID");
        if (context.InstanceId.Length > 0 && context.InstanceGeneration < 1)
            yield return ("context.instance_generation", "must be at least 1");
        if (context.Owner is { } owner && !(ResourceTypes.All.Contains(owner.Type) && IsId(owner.Id)))
            yield return ("context.owner", $"must be one of {string.Join(", ", ResourceTypes.All)} with a lower-case hyphenated GUID");
        if (context.Owner is not null && context.OwnerGeneration < 1)
            yield return ("context.owner_generation", "must be at least 1");
        var (subject, generation) = context.InstanceId.Length > 0 ? (context.InstanceId, context.InstanceGeneration) : (context.Owner?.Id ?? "", context.OwnerGeneration);
        if (ticket.InstanceId != subject || ticket.Generation != generation)
            yield return ("context.ticket", "is of another instance or generation than the command");
    }

    private static bool IsId(string text) => Guid.TryParseExact(text, "D", out var id) && id.ToString() == text;
}
