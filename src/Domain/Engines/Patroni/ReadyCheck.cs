namespace Agents.Domain.Engines.Patroni;

/// <summary>
/// What Patroni calls in the place of PostgreSQL's pg_isready. It asks in the very moment in which it has started PostgreSQL, and when that does not listen yet, or listens and is not
/// ready, it asks again only a second later: most starts took that long for the sake of a few milliseconds. So this one asks again itself, for a third of a second.
/// </summary>
internal static class ReadyCheck
{
    /// <summary>The file that holds it.</summary>
    public const string File = "pg_isready";

    /// <summary>Its text. What PostgreSQL says at last is what it says: ready, not ready (1), no answer (2), or not asked (3), where asking again would not help.</summary>
    public static string Of(string binaries) =>
        $"""
        #!/bin/sh
        for try in 1 2 3 4 5 6 7 8 9 10; do
            {binaries}/pg_isready -q "$@" && exit 0
            code=$?
            [ $code -le 2 ] || break
            sleep 0.03
        done
        exit $code

        """;
}
