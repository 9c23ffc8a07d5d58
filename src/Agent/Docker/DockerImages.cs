using System.Text.Json;
using Agents.Agent.Docker.Wire;
using static Agents.Agent.Docker.DockerRequest;

namespace Agents.Agent.Docker;

/// <inheritdoc/>
internal sealed class DockerImages(DockerConnection connection) : IDockerImages
{
    /// <inheritdoc/>
    public Task<ImageInspection?> FindAsync(string reference, CancellationToken cancellationToken) =>
        connection.FindAsync(Get($"/images/{EscapeReference(reference)}/json"), DockerJson.Default.ImageInspection, cancellationToken);

    /// <inheritdoc/>
    public async Task LoadAsync(Stream archive, CancellationToken cancellationToken)
    {
        using var answer = await connection.OpenAsync(Post("/images/load?quiet=1").WithTar(archive), cancellationToken);
        await foreach (var line in answer.ReadLinesAsync(cancellationToken))
            if (TryReadError(line) is { } error)
                throw new DockerException(DockerFailure.Refused, $"The image archive could not be loaded: {error}");
    }

    private static string? TryReadError(string line)
    {
        try
        {
            return JsonSerializer.Deserialize(line, DockerJson.Default.ProgressLine)?.Error;
        }
        catch (JsonException)
        {
            return null; // Some engines write plain text here.
        }
    }

    private static string EscapeReference(string reference) => string.Join('/', reference.Split('/').Select(Uri.EscapeDataString));
}
