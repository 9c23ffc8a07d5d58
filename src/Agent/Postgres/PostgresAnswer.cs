namespace Agents.Agent.Postgres;

/// <summary>What a server answers when it is asked whether it takes writes.</summary>
internal enum PostgresAnswer
{
    /// <summary>Nothing, for as long as was waited.</summary>
    None,

    /// <summary>It takes writes.</summary>
    Primary,

    /// <summary>It copies from another.</summary>
    Replica,

    /// <summary>That it starts, stops or recovers, or has no room; or that nobody is there who could answer, as while it is started again. That is a word, too.</summary>
    Busy,
}
