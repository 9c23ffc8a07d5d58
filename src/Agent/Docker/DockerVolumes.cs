using Agents.Agent.Docker.Objects;
using Docker.DotNet.Models;

namespace Agents.Agent.Docker;

/// <inheritdoc/>
internal sealed class DockerVolumes(DockerConnection connection) : IDockerVolumes
{
    /// <inheritdoc/>
    public async Task<IReadOnlyList<VolumeInspection>> ListAsync(string label, CancellationToken cancellationToken)
    {
        var parameters = new VolumesListParameters { Filters = DockerFilters.Label(label) };
        var answer = await connection.CallAsync((client, token) => client.Volumes.ListAsync(parameters, token), cancellationToken);
        return [.. (answer.Volumes ?? []).Select(DockerAnswers.Volume)];
    }

    /// <inheritdoc/>
    public async Task<VolumeInspection?> FindAsync(string name, CancellationToken cancellationToken) =>
        await connection.FindAsync((client, token) => client.Volumes.InspectAsync(Uri.EscapeDataString(name), token), cancellationToken) is { } volume
            ? DockerAnswers.Volume(volume)
            : null;

    /// <inheritdoc/>
    public Task CreateAsync(VolumeBody body, CancellationToken cancellationToken) => connection.CallAsync(
        (client, token) => client.Volumes.CreateAsync(
            new VolumesCreateParameters { Name = body.Name, Driver = body.Driver, Labels = new Dictionary<string, string>(body.Labels) }, token),
        cancellationToken);

    /// <inheritdoc/>
    public Task<bool> RemoveAsync(string name, CancellationToken cancellationToken) =>
        connection.RemoveAsync((client, token) => client.Volumes.RemoveAsync(Uri.EscapeDataString(name), cancellationToken: token), cancellationToken);
}
