using System.Reflection;
using Agents.V1;
using Google.Protobuf.Reflection;

namespace Agents.Architecture.Tests.Protos;

/// <summary>The descriptors of our own protos, from the generated assembly.</summary>
internal static class Descriptors
{
    /// <summary>Every method of every service of the package <c>agents.v1</c>.</summary>
    public static IReadOnlyList<MethodDescriptor> Methods { get; } =
    [
        .. typeof(CommandContext).Assembly.GetTypes()
            .Where(type => type.Namespace == "Agents.V1" && type.Name.EndsWith("Reflection", StringComparison.Ordinal))
            .Select(type => (FileDescriptor)type.GetProperty("Descriptor", BindingFlags.Public | BindingFlags.Static)!.GetValue(null)!)
            .SelectMany(file => file.Services).SelectMany(service => service.Methods),
    ];
}
