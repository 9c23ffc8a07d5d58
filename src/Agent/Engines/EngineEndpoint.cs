using System.Globalization;
using Agents.Agent.Instances;

namespace Agents.Agent.Engines;

/// <summary>
/// One engine interface of one container's life. Whatever of it changes makes other connections: a container that was started again, or a configuration that was written anew,
/// may have other certificates.
/// </summary>
internal sealed record EngineEndpoint(string ContainerId, int InitPid, string ConfigHash, Uri Address)
{
    /// <summary>The interface of an instance; throws <see cref="EngineUnreachableException"/> when it does not run.</summary>
    public static EngineEndpoint Of(LocalInstance instance, EngineInterface engine)
    {
        if (instance.InitPid == 0)
            throw new EngineUnreachableException(engine, "the container does not run");
        if (!instance.Ports.TryGetValue(engine.Port, out var number))
            throw new EngineUnreachableException(engine, $"the container has no port '{engine.Port}'");
        var host = instance.ClusterAddress.Contains(':', StringComparison.Ordinal) ? $"[{instance.ClusterAddress}]" : instance.ClusterAddress;
        return new EngineEndpoint(instance.ContainerId, instance.InitPid, instance.ConfigHash, new Uri(string.Create(CultureInfo.InvariantCulture, $"https://{host}:{number}/")));
    }
}
