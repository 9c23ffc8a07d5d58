using Agents.Agent.Instances;
using Agents.Protocol;
using Agents.Words;

namespace Agents.Agent.Containers;

/// <summary>Whose an object of the engine is. What carries another store's id, or none, is never touched.</summary>
internal static class ObjectOwnership
{
    /// <summary>Lets an object through that is the commanding controller's.</summary>
    public static void Require(Command command, string what, IReadOnlyDictionary<string, string>? labels)
    {
        var owner = labels?.GetValueOrDefault(ObjectLabels.Controller) ?? "";
        if (owner != command.ControllerId)
            throw CommandGate.OtherController(what, owner);
        var instance = labels?.GetValueOrDefault(ObjectLabels.Instance) ?? "";
        if (command.HasInstance && instance != command.InstanceId)
            throw new CommandException(
                ErrorReasons.InvalidArgument, $"The {what} is of the instance '{instance}', not of '{command.InstanceId}'.", ("instance_id", instance));
    }

    /// <summary>The labels of a new object: those asked for, with whose it is.</summary>
    public static Dictionary<string, string> Label(Command command, IEnumerable<KeyValuePair<string, string>> asked)
    {
        var labels = new Dictionary<string, string>(asked);
        Set(labels, ObjectLabels.Controller, command.ControllerId);
        Set(labels, ObjectLabels.Owner, command.Owner.ToString());
        if (command.Owner.Type == ResourceTypes.PostgresCluster)
            Set(labels, ObjectLabels.Cluster, command.Owner.Id);
        Set(labels, ObjectLabels.Instance, command.InstanceId);
        return labels;
    }

    private static void Set(Dictionary<string, string> labels, string key, string value)
    {
        if (labels.TryGetValue(key, out var asked) && asked != value)
            throw new CommandException(ErrorReasons.InvalidArgument, $"The label '{key}' is '{asked}', but the command is of '{value}'.", ("field", $"labels.{key}"));
        if (value.Length > 0)
            labels[key] = value;
    }
}
