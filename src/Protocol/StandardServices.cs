using Google.Protobuf.Reflection;
using Grpc.HealthCheck;
using Grpc.Reflection;
using static Grpc.Health.V1.HealthCheckResponse.Types;

namespace Agents.Protocol;

/// <summary>The standard services that stand beside a process's own: reflection in both versions, and health. Safe for concurrent use.</summary>
public sealed class StandardServices
{
    private readonly string[] _names;

    /// <summary>Describes these services, itself included; all are served.</summary>
    public StandardServices(IEnumerable<ServiceDescriptor> services)
    {
        ServiceDescriptor[] own = [.. services];
        ServiceDescriptor[] all = [.. own, Grpc.Health.V1.Health.Descriptor, Grpc.Reflection.V1.ServerReflection.Descriptor, Grpc.Reflection.V1Alpha.ServerReflection.Descriptor];
        Reflection = new ReflectionV1ServiceImpl(all);
        ReflectionAlpha = new ReflectionServiceImpl(all);
        _names = ["", .. own.Select(service => service.FullName)];
        Tell(ServingStatus.Serving);
    }

    /// <summary>Server reflection, version 1.</summary>
    public ReflectionV1ServiceImpl Reflection { get; }

    /// <summary>Server reflection, version 1 alpha, for older tools.</summary>
    public ReflectionServiceImpl ReflectionAlpha { get; }

    /// <summary>Which services are served now; the empty name is the whole process.</summary>
    public HealthServiceImpl Health { get; } = new();

    /// <summary>Says of all that they are not served any more; the first step of an end.</summary>
    public void StopServing() => Tell(ServingStatus.NotServing);

    private void Tell(ServingStatus status)
    {
        foreach (var name in _names)
            Health.SetStatus(name, status);
    }
}
