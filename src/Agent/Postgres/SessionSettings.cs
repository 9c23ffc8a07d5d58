namespace Agents.Agent.Postgres;

/// <summary>
/// What every session of the agent starts with. A statement may hold a secret, so the server is told to write none of this session's statements and errors into its log
/// and its statement statistics, where the agent's own queries would only be noise anyway.
/// </summary>
internal static class SessionSettings
{
    private static readonly string[] _settings =
    [
        "statement_timeout=10s",
        "lock_timeout=5s",
        "idle_in_transaction_session_timeout=30s",
        "log_min_messages=fatal",
        "log_min_error_statement=panic",
        "log_statement=none",
        "log_min_duration_statement=-1",
        "log_min_duration_sample=-1",
        "log_duration=off",
        "log_parameter_max_length=0",
        "pg_stat_statements.track=none",
    ];

    /// <summary>As the start-up packet's options.</summary>
    public static string Options { get; } = string.Join(' ', _settings.Select(setting => $"-c {setting}"));
}
