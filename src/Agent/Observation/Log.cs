namespace Agents.Agent.Observation;

/// <summary>Messages of this folder; event ids 1100 to 1199.</summary>
internal static partial class Log
{
    [LoggerMessage(1100, LogLevel.Information, "The Docker Engine answers; {Containers} containers are ours.")]
    public static partial void EngineReached(this ILogger logger, int containers);

    [LoggerMessage(1101, LogLevel.Warning, "The Docker Engine is lost, trying again: {Error}")]
    public static partial void EngineLost(this ILogger logger, string error);
}
