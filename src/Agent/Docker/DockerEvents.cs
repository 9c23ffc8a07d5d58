using System.Runtime.CompilerServices;
using System.Text.Json;
using Agents.Agent.Docker.Wire;

namespace Agents.Agent.Docker;

/// <inheritdoc/>
internal sealed class DockerEvents(DockerConnection connection) : IDockerEvents
{
    /// <inheritdoc/>
    public async Task<IAsyncEnumerable<DockerEvent>> SubscribeAsync(string label, DateTimeOffset since, CancellationToken cancellationToken)
    {
        var filters = DockerFilters.Of(("type", "container"), ("label", label));
        var stream = await connection.OpenAsync(
            DockerRequest.Get(DockerRequest.Escape($"/events?since={DockerTime.Format(since)}&filters={filters}")), cancellationToken);
        return ReadAsync(stream, cancellationToken);
    }

    private static async IAsyncEnumerable<DockerEvent> ReadAsync(DockerStream stream, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using (stream)
        {
            await foreach (var line in stream.ReadLinesAsync(cancellationToken))
                if (JsonSerializer.Deserialize(line, DockerJson.Default.DockerEvent) is { } occurred)
                    yield return occurred;
        }
    }
}
