using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace Agents.Domain.Model;

/// <summary>
/// Which resource something belongs to: instances, operations, leftovers, credentials, networks. Its text is the word of the type, a slash and the id, as it stands in labels
/// and in commands.
/// </summary>
public readonly record struct ResourceRef(ResourceType Type, Guid Id)
{
    /// <summary>The word of its type, as "postgres_cluster".</summary>
    public string Word => WordOf(Type);

    /// <summary>The cluster that it is. Ask only what is one.</summary>
    public ClusterId ClusterId => Type == ResourceType.PostgresCluster ? new ClusterId(Id) : throw new InvalidOperationException($"{this} is no cluster");

    /// <summary>A cluster.</summary>
    public static ResourceRef Of(ClusterId cluster) => new(ResourceType.PostgresCluster, cluster.Value);

    /// <summary>The word of a type.</summary>
    public static string WordOf(ResourceType type) => type switch
    {
        ResourceType.PostgresCluster => "postgres_cluster",
        ResourceType.PostgresServer => "postgres_server",
        ResourceType.Nginx => "nginx",
    };

    /// <summary>Reads the text form; false for anything else.</summary>
    public static bool TryParse([NotNullWhen(true)] string? text, out ResourceRef resource)
    {
        resource = default;
        if (text?.Split('/') is not [var word, var id] || !Guid.TryParseExact(id, "D", out var value))
            return false;
        foreach (var type in Enum.GetValues<ResourceType>())
        {
            if (WordOf(type) != word)
                continue;
            resource = new ResourceRef(type, value);
            return true;
        }

        return false;
    }

    /// <summary>Reads the text form that we wrote ourselves.</summary>
    public static ResourceRef Parse(string text) => TryParse(text, out var resource) ? resource : throw new FormatException($"\"{text}\" names no resource");

    /// <summary>The text form.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Word}/{Id:D}");
}
