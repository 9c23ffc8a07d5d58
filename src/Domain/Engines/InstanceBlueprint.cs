using System.Collections.Immutable;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Agents.Domain.Model;

namespace Agents.Domain.Engines;

/// <summary>Everything that makes up one instance on its host.</summary>
/// <param name="Instance">The instance.</param>
/// <param name="Container">Its container.</param>
/// <param name="Files">Its configuration.</param>
public sealed record InstanceBlueprint(Instance Instance, ContainerBlueprint Container, ImmutableArray<ConfigFile> Files)
{
    /// <summary>The hash of the whole configuration, in hexadecimal. Apart from the container's hash: a change of configuration is a reload, not a new container.</summary>
    public string ConfigHash => HashOf(Files);

    private static string HashOf(ImmutableArray<ConfigFile> files)
    {
        var text = new StringBuilder();
        foreach (var file in files.OrderBy(file => file.Path, StringComparer.Ordinal))
        {
            var content = file.KeepExisting ? "" : file.Content;
            text.Append(CultureInfo.InvariantCulture, $"{file.Path}\n{file.Mode}\n{file.Owner}\n{content.Length}\n{content}\n");
        }

        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text.ToString())));
    }
}
