using Agents.Agent.Instances;
using Agents.Protocol;
using Agents.V1;
using Grpc.Core;

namespace Agents.Agent.Services;

/// <summary>Reads who commands, and tells everything that is wrong with it at once.</summary>
internal static class CommandContexts
{
    /// <summary>The command of a context.</summary>
    public static Command Read(CommandContext? context)
    {
        context ??= new CommandContext();
        var violations = Check(context).ToList();
        if (violations.Count > 0)
            throw RpcErrors.Create(
                StatusCode.InvalidArgument, ErrorReasons.InvalidArgument, string.Join(" ", violations.Select(violation => $"'{violation.Field}' {violation.Description}.")), violations);
        return new Command(context.ControllerId, context.ControllerEpoch, context.InstanceId, context.InstanceGeneration, context.ClusterId);
    }

    /// <summary>The command of a context that must be about an instance.</summary>
    public static Command ReadInstance(CommandContext? context)
    {
        var command = Read(context);
        return command.HasInstance ? command : throw RpcErrors.Create(
            StatusCode.InvalidArgument, ErrorReasons.InvalidArgument, "'context.instance_id' must be given.", violations: [("context.instance_id", "must be given")]);
    }

    private static IEnumerable<(string Field, string Description)> Check(CommandContext context)
    {
        if (context.ControllerId.Length == 0)
            yield return ("context.controller_id", "must be given");
        if (context.ControllerEpoch < 1)
            yield return ("context.controller_epoch", "must be at least 1");
        if (context.InstanceId.Length > 0 && !IsId(context.InstanceId))
            yield return ("context.instance_id", "must be a lower-case hyphenated GUID");
        if (context.InstanceId.Length > 0 && context.InstanceGeneration < 1)
            yield return ("context.instance_generation", "must be at least 1");
    }

    private static bool IsId(string text) => Guid.TryParseExact(text, "D", out var id) && id.ToString() == text;
}
