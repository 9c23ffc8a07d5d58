using System.Globalization;

namespace Agents.Agent.Docker;

/// <summary>A version of the engine's API, as "1.41". Ordered by number, not by text.</summary>
internal readonly record struct ApiVersion(int Major, int Minor) : IComparable<ApiVersion>
{
    /// <summary>The oldest that this client speaks: Engine 20.10.</summary>
    public static ApiVersion Oldest { get; } = new(1, 41);

    /// <summary>The newest that this client was tried with: Engine 29.</summary>
    public static ApiVersion Newest { get; } = new(1, 56);

    /// <summary>Reads "1.41".</summary>
    public static bool TryParse(string text, out ApiVersion version)
    {
        version = default;
        if (text.Split('.') is not [var major, var minor] || !TryParseNumber(major, out var first) || !TryParseNumber(minor, out var second))
            return false;
        version = new ApiVersion(first, second);
        return true;
    }

    /// <summary>
    /// The version to speak with an engine: the oldest that both know, so that all engines answer alike; newer engines only refuse what lies below their minimum.
    /// Null when the ranges do not meet.
    /// </summary>
    public static ApiVersion? Settle(ApiVersion engineOldest, ApiVersion engineNewest)
    {
        var settled = engineOldest.CompareTo(Oldest) > 0 ? engineOldest : Oldest;
        return settled.CompareTo(engineNewest) <= 0 && settled.CompareTo(Newest) <= 0 ? settled : null;
    }

    /// <inheritdoc/>
    public int CompareTo(ApiVersion other) => (Major, Minor).CompareTo((other.Major, other.Minor));

    /// <inheritdoc/>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Major}.{Minor}");

    /// <summary>Whether one is older.</summary>
    public static bool operator <(ApiVersion left, ApiVersion right) => left.CompareTo(right) < 0;

    /// <summary>Whether one is newer.</summary>
    public static bool operator >(ApiVersion left, ApiVersion right) => left.CompareTo(right) > 0;

    /// <summary>Whether one is older or equal.</summary>
    public static bool operator <=(ApiVersion left, ApiVersion right) => left.CompareTo(right) <= 0;

    /// <summary>Whether one is newer or equal.</summary>
    public static bool operator >=(ApiVersion left, ApiVersion right) => left.CompareTo(right) >= 0;

    private static bool TryParseNumber(string text, out int number) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out number);
}
