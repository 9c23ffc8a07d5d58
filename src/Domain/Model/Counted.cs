using System.Globalization;

namespace Agents.Domain.Model;

/// <summary>Numbers of things as people read them.</summary>
public static class Counted
{
    /// <summary>As "1 node" and "3 nodes".</summary>
    public static string Of(int count, string one, string? many = null) =>
        string.Create(CultureInfo.InvariantCulture, $"{count} {(count == 1 ? one : many ?? one + "s")}");
}
