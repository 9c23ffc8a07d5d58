using Agents.V1;
using Google.Protobuf;
using Google.Protobuf.Reflection;

namespace Agents.Architecture.Tests.Protos;

/// <summary>Services that break the rules, made from descriptors as the compiler of protos would.</summary>
internal static class PlantedProtos
{
    /// <summary>A method of that name, role and verb, whose request and answer have no fields.</summary>
    public static MethodDescriptor Method(string name, Role? role, Verb? verb = null)
    {
        var options = new MethodOptions();
        if (role is { } declared)
            options.SetExtension(AuthExtensions.Role, declared);
        if (verb is not null)
            options.SetExtension(RestExtensions.Verb, verb);
        var file = new FileDescriptorProto
        {
            Name = "planted.proto",
            Package = "planted",
            Syntax = "proto3",
            MessageType = { new DescriptorProto { Name = "Request" } },
            Service =
            {
                new ServiceDescriptorProto
                {
                    Name = "PlantedService",
                    Method = { new MethodDescriptorProto { Name = name, InputType = ".planted.Request", OutputType = ".planted.Request", Options = options } },
                },
            },
        };
        var registry = new ExtensionRegistry { AuthExtensions.Role, RestExtensions.Verb };
        return FileDescriptor.BuildFromByteStrings([file.ToByteString()], registry).Single().Services.Single().Methods.Single();
    }
}
