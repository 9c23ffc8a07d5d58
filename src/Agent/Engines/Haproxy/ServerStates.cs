namespace Agents.Agent.Engines.Haproxy;

/// <summary>
/// HAProxy's server states, version 1, a line for each server: as they stand in the file that it reads when it begins, and as it answers while it runs. Pure. Of an answer, which comes out of a
/// container, nothing is taken over but whether the servers of the file are up.
/// </summary>
internal static class ServerStates
{
    /// <summary>The file's name in the configuration volume.</summary>
    public const string File = "servers.state";

    private const int ListenerAt = 1;
    private const int ServerAt = 3;
    private const int StateAt = 5;
    private const string Down = "0";
    private const string Up = "2";

    /// <summary>The file's text, in which all servers are down, with those up that the answer says are; null where there are none, and nothing is to be carried over.</summary>
    public static string? Carry(string file, string answer)
    {
        var up = answer.Split('\n').Select(Fields).Where(fields => StateOf(fields) == Up).Select(NameOf).ToHashSet();
        var lines = file.Split('\n').Select(line => Fields(line) is var fields && StateOf(fields) == Down && up.Contains(NameOf(fields)) ? Raise(fields) : line);
        var text = string.Join('\n', lines);
        return text == file ? null : text;
    }

    private static string[] Fields(string line) => line.Split(' ');

    private static string StateOf(string[] fields) => fields.Length > StateAt ? fields[StateAt] : "";

    private static (string Listener, string Server) NameOf(string[] fields) => (fields[ListenerAt], fields[ServerAt]);

    private static string Raise(string[] fields) => string.Join(' ', fields.Select((field, at) => at == StateAt ? Up : field));
}
