namespace Agents.Agent.Containers;

/// <summary>Messages of this folder; event ids 1300 to 1399.</summary>
internal static partial class Log
{
    [LoggerMessage(1300, LogLevel.Information, "The container {Container} was created from {Image}.")]
    public static partial void ContainerCreated(this ILogger logger, string container, string image);

    [LoggerMessage(1301, LogLevel.Information, "The container was {Action} on command: {Container}.")]
    public static partial void ContainerChanged(this ILogger logger, string action, string container);

    [LoggerMessage(1302, LogLevel.Information, "The network {Network} was created with {Subnet}.")]
    public static partial void NetworkCreated(this ILogger logger, string network, string subnet);

    [LoggerMessage(1303, LogLevel.Information, "The volume {Volume} was created.")]
    public static partial void VolumeCreated(this ILogger logger, string volume);

    [LoggerMessage(1304, LogLevel.Information, "Removing the {Kind} {Name} on command.")]
    public static partial void ObjectRemoved(this ILogger logger, string kind, string name);

    [LoggerMessage(1305, LogLevel.Information, "{Files} files were written through {Container} to {Directory}.")]
    public static partial void FilesWritten(this ILogger logger, int files, string container, string directory);
}
