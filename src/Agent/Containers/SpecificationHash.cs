using System.Security.Cryptography;
using Agents.V1;
using Google.Protobuf;
using Google.Protobuf.Collections;

namespace Agents.Agent.Containers;

/// <summary>
/// The hash of what a container was asked to be. It is taken of the request, not of what this agent makes of it, so that another version of the agent still knows its
/// containers; maps count in the order of their keys.
/// </summary>
internal static class SpecificationHash
{
    /// <summary>The hash in hex.</summary>
    public static string Of(ContainerSpec spec)
    {
        var canonical = spec.Clone();
        Sort(canonical.Environment);
        Sort(canonical.Labels);
        Sort(canonical.TmpfsBytes);
        return Convert.ToHexStringLower(SHA256.HashData(canonical.ToByteArray()));
    }

    private static void Sort<T>(MapField<string, T> map)
    {
        var sorted = map.OrderBy(pair => pair.Key, StringComparer.Ordinal).ToList();
        map.Clear();
        foreach (var (key, value) in sorted)
            map.Add(key, value);
    }
}
