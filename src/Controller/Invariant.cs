namespace Agents.Controller;

/// <summary>What must hold: checked in production too, because going on without would lose more than stopping.</summary>
internal static class Invariant
{
    /// <summary>Requires a condition. Throws <see cref="InvalidOperationException"/>: a bug of ours.</summary>
    public static void Require(bool condition, string what)
    {
        if (!condition)
            throw new InvalidOperationException($"this must hold and does not: {what}");
    }

    /// <summary>Requires a value.</summary>
    public static T NotNull<T>(T? value, string what)
        where T : class =>
        value ?? throw new InvalidOperationException($"this must hold and does not: {what}");
}
