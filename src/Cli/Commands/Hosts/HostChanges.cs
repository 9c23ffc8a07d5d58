using Agents.Cli.Api;
using Agents.Cli.Model;
using Agents.Cli.Output;

namespace Agents.Cli.Commands.Hosts;

/// <summary>Changes hosts.</summary>
internal static class HostChanges
{
    /// <summary>Sends a change and shows the host as it is then.</summary>
    public static async Task<int> SendAsync(Session session, string name, HostChange change, CancellationToken cancellationToken)
    {
        var reply = await session.Api.ChangeAsync(
            HttpMethod.Patch,
            session.WithProject(Paths.One(Paths.Hosts, name)),
            ApiClient.BodyOf(change, ModelJson.Default.HostChange),
            Session.RequestIdOf(null),
            ModelJson.Default.Host,
            cancellationToken);
        return session.Show(reply, host => HostTable.Write(session.Screen, [host], session.Now));
    }
}
