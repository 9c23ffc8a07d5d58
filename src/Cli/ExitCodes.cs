namespace Agents.Cli;

/// <summary>What the process ends with. Documented in docs/agentctl.md and in the help: scripts rely on them.</summary>
internal static class ExitCodes
{
    /// <summary>What was asked for is done.</summary>
    public const int Done = 0;

    /// <summary>The operation failed, or was cancelled.</summary>
    public const int OperationFailed = 1;

    /// <summary>The command line is wrong.</summary>
    public const int WrongUse = 2;

    /// <summary>The server refused the request.</summary>
    public const int Refused = 3;

    /// <summary>There is no such thing.</summary>
    public const int NotFound = 4;

    /// <summary>The server cannot be reached.</summary>
    public const int Unreachable = 5;

    /// <summary>The wait was ended by the user or by its limit; the operation goes on.</summary>
    public const int Interrupted = 6;

    /// <summary>The server itself failed.</summary>
    public const int ServerFailed = 7;

    /// <summary>The list of the codes for the help.</summary>
    public const string Help =
        """
        Exit codes:
          0  done
          1  the operation failed or was cancelled
          2  wrong use of the command line
          3  refused by the server
          4  there is no such thing
          5  the server cannot be reached
          6  the wait timed out or was interrupted; the operation goes on
          7  the server failed
        """;
}
