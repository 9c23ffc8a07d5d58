namespace Agents.Agent.Instances;

/// <summary>A command that is not carried out, with its reason out of <see cref="Protocol.ErrorReasons"/>. The services turn it into a gRPC status.</summary>
internal sealed class CommandException(string reason, string message, params (string Key, string Value)[] metadata) : Exception(message)
{
    /// <summary>The reason.</summary>
    public string Reason => reason;

    /// <summary>The values that the message names.</summary>
    public IReadOnlyList<(string Key, string Value)> Metadata => metadata;
}
