using System.ComponentModel;
using System.Reflection;
using Microsoft.Extensions.Configuration;

namespace Agents.Protocol.Configuration;

/// <summary>A key of a configuration, as a property of the program's options declares it.</summary>
/// <param name="Name">The key, as it stands in the file.</param>
/// <param name="IsSwitch">Whether it is yes or no: its flag needs no value.</param>
/// <param name="IsList">Whether it has several values: its flag adds one, and may be repeated.</param>
/// <param name="IsSecret">Whether it has no flag: every user of a machine reads its command lines.</param>
internal sealed record ConfigurationKey(string Name, bool IsSwitch, bool IsList, bool IsSecret)
{
    /// <summary>The flag: "--rest-address" for rest_address, and "--allowed-host" for a value of allowed_hosts.</summary>
    public string Flag { get; } = "--" + (IsList ? Name.TrimEnd('s') : Name).Replace('_', '-');

    /// <summary>What the usage says of it.</summary>
    public string Usage => IsSecret ? $"({Name}, in the file or the environment alone)" : IsSwitch ? Flag : IsList ? $"{Flag} VALUE (repeatable)" : $"{Flag} VALUE";

    /// <summary>The key of a property. Options have texts, switches and lists of texts, each with its <see cref="ConfigurationKeyNameAttribute"/>; secrets are marked as such.</summary>
    public static ConfigurationKey Of(PropertyInfo property) => new(
        property.GetCustomAttribute<ConfigurationKeyNameAttribute>()!.Name,
        property.PropertyType == typeof(bool),
        property.PropertyType == typeof(List<string>),
        property.IsDefined(typeof(PasswordPropertyTextAttribute)));

    /// <summary>What is wrong with the value that stands in a configuration; null when nothing is.</summary>
    public string? Refuse(IConfigurationSection section)
    {
        var children = section.GetChildren().ToList();
        if (IsList)
            return section.Value is { Length: > 0 } || children.Any(child => child.Value is null) ? $"'{Name}' must be a list of texts." : null;
        if (children.Count > 0)
            return $"'{Name}' must be a text.";
        return IsSwitch && !bool.TryParse(section.Value, out _) ? $"'{Name}' must be true or false, not '{section.Value}'." : null;
    }
}
