using System.Collections.Frozen;
using Agents.V1;
using Google.Protobuf.Reflection;

namespace Agents.Protocol.Calls;

/// <summary>The role that each method declares in its proto file. A method that declares none, or that we do not know, has <see cref="Role.Unspecified"/>: no one may call it.</summary>
public static class MethodRoles
{
    private static readonly FrozenDictionary<string, Role> Roles = Files
        .SelectMany(file => file.Services)
        .SelectMany(service => service.Methods)
        .ToFrozenDictionary(method => $"/{method.Service.FullName}/{method.Name}", DeclaredBy, StringComparer.Ordinal);

    /// <summary>All files of our contract.</summary>
    public static IReadOnlyList<FileDescriptor> Files =>
    [
        ContainerServiceReflection.Descriptor,
        ControllerServiceReflection.Descriptor,
        EnrollmentServiceReflection.Descriptor,
        EtcdServiceReflection.Descriptor,
        FleetServiceReflection.Descriptor,
        HostServiceReflection.Descriptor,
        ImageServiceReflection.Descriptor,
        InstanceServiceReflection.Descriptor,
        OperationServiceReflection.Descriptor,
        PatroniServiceReflection.Descriptor,
        PostgresClusterServiceReflection.Descriptor,
        ProxyServiceReflection.Descriptor,
        PsqlServiceReflection.Descriptor,
    ];

    /// <summary>The full names of all methods, as "/agents.v1.HostService/Hello".</summary>
    public static IReadOnlyCollection<string> Methods => Roles.Keys;

    /// <summary>The declared role of a method by its full name.</summary>
    public static Role Of(string fullMethodName) => Roles.GetValueOrDefault(fullMethodName, Role.Unspecified);

    /// <summary>Whether a method is one of reflection or health, which are not ours to declare. Each server decides who may call them.</summary>
    public static bool IsDiagnostic(string fullMethodName) =>
        fullMethodName.StartsWith("/grpc.reflection.", StringComparison.Ordinal) || fullMethodName.StartsWith("/grpc.health.", StringComparison.Ordinal);

    private static Role DeclaredBy(MethodDescriptor method) => method.GetOptions()?.GetExtension(AuthExtensions.Role) ?? Role.Unspecified;
}
