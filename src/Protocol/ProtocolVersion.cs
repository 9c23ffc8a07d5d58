namespace Agents.Protocol;

/// <summary>The versions of the contract between controller and agent. Two sides talk when their ranges meet.</summary>
public static class ProtocolVersion
{
    /// <summary>The lowest version that this code speaks.</summary>
    public const int Minimum = 1;

    /// <summary>The highest version that this code speaks.</summary>
    public const int Maximum = 1;

    /// <summary>Whether two ranges meet.</summary>
    public static bool Meets(int minimum, int maximum) => minimum <= Maximum && maximum >= Minimum;
}
