using System.Reflection;

namespace Agents.Agent.Configuration;

/// <summary>The keys that a configuration may hold: those that <see cref="AgentOptions"/> declares, and no others.</summary>
internal static class ConfigurationKeys
{
    /// <summary>All keys, in the order of declaration.</summary>
    public static IReadOnlyList<string> All { get; } =
        [.. typeof(AgentOptions).GetProperties().Select(property => property.GetCustomAttribute<ConfigurationKeyNameAttribute>()!.Name)];

    /// <summary>The one key with values below it.</summary>
    public const string Labels = "labels";

    /// <summary>What is wrong with the keys of a configuration, one sentence each.</summary>
    public static IEnumerable<string> Check(IConfiguration configuration)
    {
        foreach (var section in configuration.GetChildren())
        {
            if (!All.Contains(section.Key, StringComparer.OrdinalIgnoreCase))
                yield return $"The key '{section.Key}' is unknown. Known keys: {string.Join(", ", All)}.";
            else if (IsLabels(section) == (section.Value is { Length: > 0 }))
                yield return IsLabels(section) ? $"'{section.Key}' must be an object of texts." : $"'{section.Key}' must be a text.";
            else if (section.GetChildren().FirstOrDefault(child => child.Value is null) is { } nested)
                yield return $"'{nested.Path.Replace(':', '.')}' must be a text.";
        }
    }

    private static bool IsLabels(IConfigurationSection section) => section.Key.Equals(Labels, StringComparison.OrdinalIgnoreCase);
}
