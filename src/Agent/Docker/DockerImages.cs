using Agents.Agent.Docker.Objects;
using Docker.DotNet.Models;

namespace Agents.Agent.Docker;

/// <inheritdoc/>
internal sealed class DockerImages(DockerConnection connection) : IDockerImages
{
    /// <inheritdoc/>
    public async Task<ImageInspection?> FindAsync(string reference, CancellationToken cancellationToken) =>
        await connection.FindAsync((client, token) => client.Images.InspectImageAsync(EscapeReference(reference), token), cancellationToken) is { } image
            ? DockerAnswers.Image(image)
            : null;

    /// <inheritdoc/>
    public async Task LoadAsync(Stream archive, CancellationToken cancellationToken)
    {
        var answer = new LoadAnswer();
        await connection.CallAsync(
            CallLimits.Load, (client, token) => client.Images.LoadImageAsync(new ImageLoadParameters { Quiet = true }, archive, answer, token), cancellationToken);
        if (answer.Error is { } error)
            throw new DockerException(DockerFailure.Refused, $"The image archive could not be loaded: {error}");
    }

    private static string EscapeReference(string reference) => string.Join('/', reference.Split('/').Select(Uri.EscapeDataString));

    /// <summary>What the engine says to an archive. A bad one gets the status 200 and an error among the messages, which the library hands on like any other.</summary>
    private sealed class LoadAnswer : IProgress<JSONMessage>
    {
        /// <summary>The first error.</summary>
        public string? Error { get; private set; }

        /// <inheritdoc/>
        public void Report(JSONMessage value) => Error ??= value.Error?.Message;
    }
}
