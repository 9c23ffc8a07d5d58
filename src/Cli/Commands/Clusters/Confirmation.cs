namespace Agents.Cli.Commands.Clusters;

/// <summary>Asks a person for the name of a cluster once more, before something is done that applications feel. A program has to say <c>--yes</c>.</summary>
internal static class Confirmation
{
    /// <summary>Asks. Throws where nobody can be asked, and where another name is typed.</summary>
    /// <param name="session">The session.</param>
    /// <param name="cluster">The name or id that the user gave.</param>
    /// <param name="verb">What is to be done, as "delete".</param>
    /// <param name="sentence">What that does, without a full stop.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public static async Task AskAsync(Session session, string cluster, string verb, string sentence, CancellationToken cancellationToken)
    {
        if (!session.Environment.IsInputTerminal)
            throw new WrongUseException($"nobody can be asked whether to {verb} {cluster}: say --yes");
        await session.Environment.Error.WriteAsync($"{sentence}. Type its {(Guid.TryParse(cluster, out _) ? "id" : "name")} to go on: ");
        var answer = await session.Environment.In.ReadLineAsync(cancellationToken);
        if (answer?.Trim() != cluster)
            throw new WrongUseException($"that is not \"{cluster}\": nothing was done");
    }
}
