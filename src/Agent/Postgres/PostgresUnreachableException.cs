namespace Agents.Agent.Postgres;

/// <summary>The server does not answer, or answers that it takes no connections now. Its message holds nothing of a statement.</summary>
internal sealed class PostgresUnreachableException(string message, Exception? innerException = null) : Exception(message, innerException);
