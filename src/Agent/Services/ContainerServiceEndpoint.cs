using Agents.Agent.Containers;
using Agents.Agent.Docker;
using Agents.Agent.Images;
using Agents.Agent.Instances;
using Agents.V1;
using Grpc.Core;

namespace Agents.Agent.Services;

/// <summary>ContainerService of the contract.</summary>
internal sealed class ContainerServiceEndpoint(
    ContainerReader reader, ContainerCreator creator, ContainerCommands commands, NetworkCommands networks, VolumeCommands volumes, VolumeFileWriter files,
    ImageCommands images, CommandGate gate, IDockerContainers containers) : ContainerService.ContainerServiceBase
{
    private const int ImagesMax = 100;

    /// <inheritdoc/>
    public override async Task<ListContainersResponse> ListContainers(ListContainersRequest request, ServerCallContext context) =>
        new() { Containers = { (await reader.ListAsync(request.Owner is { } owner ? new ResourceOwner(owner.Type, owner.Id).ToString() : "", context.CancellationToken)).Select(container => container.ToContract()) } };

    /// <inheritdoc/>
    public override async Task<InspectContainerResponse> InspectContainer(InspectContainerRequest request, ServerCallContext context) =>
        new() { Container = (await reader.GetAsync(request.Name, context.CancellationToken)).ToContract() };

    /// <inheritdoc/>
    public override async Task<CreateContainerResponse> CreateContainer(CreateContainerRequest request, ServerCallContext context)
    {
        var (container, adopted) = await creator.CreateAsync(CommandContexts.ReadInstance(request.Context), request.Spec ?? new ContainerSpec(), context.CancellationToken);
        return new CreateContainerResponse { Container = container.ToContract(), Adopted = adopted };
    }

    /// <inheritdoc/>
    public override async Task<StartContainerResponse> StartContainer(StartContainerRequest request, ServerCallContext context) =>
        new() { Container = (await commands.StartAsync(CommandContexts.ReadInstance(request.Context), request.Name, context.CancellationToken)).ToContract() };

    /// <inheritdoc/>
    public override async Task<StopContainerResponse> StopContainer(StopContainerRequest request, ServerCallContext context)
    {
        var command = CommandContexts.ReadInstance(request.Context);
        return new() { Container = (await commands.StopAsync(command, request.Name, request.Timeout?.ToTimeSpan(), context.CancellationToken)).ToContract() };
    }

    /// <inheritdoc/>
    public override async Task<RestartContainerResponse> RestartContainer(RestartContainerRequest request, ServerCallContext context) =>
        new() { Container = (await commands.RestartAsync(CommandContexts.ReadInstance(request.Context), request.Name, context.CancellationToken)).ToContract() };

    /// <inheritdoc/>
    public override async Task<SignalContainerResponse> SignalContainer(SignalContainerRequest request, ServerCallContext context)
    {
        await commands.SignalAsync(CommandContexts.ReadInstance(request.Context), request.Name, request.Signal, context.CancellationToken);
        return new SignalContainerResponse();
    }

    /// <inheritdoc/>
    public override async Task<RemoveContainerResponse> RemoveContainer(RemoveContainerRequest request, ServerCallContext context)
    {
        await commands.RemoveAsync(CommandContexts.ReadInstance(request.Context), request.Name, request.Force, context.CancellationToken);
        return new RemoveContainerResponse();
    }

    /// <inheritdoc/>
    public override async Task<WaitContainerResponse> WaitContainer(WaitContainerRequest request, ServerCallContext context) =>
        new() { ExitCode = await commands.WaitAsync(request.Name, context.CancellationToken) };

    /// <inheritdoc/>
    public override async Task StreamLogs(StreamLogsRequest request, IServerStreamWriter<StreamLogsResponse> responseStream, ServerCallContext context)
    {
        Requests.Require(request.TailLines >= 0, "tail_lines", "must not be negative");
        var container = await reader.GetAsync(request.Name, context.CancellationToken);
        var query = new LogQuery(request.Follow, request.TailLines, request.Since?.ToDateTimeOffset());
        await foreach (var chunk in containers.ReadLogsAsync(container.Id, query, context.CancellationToken))
            await responseStream.WriteAsync(chunk.ToContract(), context.CancellationToken);
    }

    /// <inheritdoc/>
    public override async Task StreamStats(StreamStatsRequest request, IServerStreamWriter<StreamStatsResponse> responseStream, ServerCallContext context)
    {
        var container = await reader.GetAsync(request.Name, context.CancellationToken);
        await foreach (var stats in containers.ReadStatsAsync(container.Id, request.Follow, context.CancellationToken))
            await responseStream.WriteAsync(stats.ToContract(), context.CancellationToken);
    }

    /// <inheritdoc/>
    public override async Task<ListNetworksResponse> ListNetworks(ListNetworksRequest request, ServerCallContext context) =>
        new() { Networks = { (await networks.ListAsync(context.CancellationToken)).Select(network => network.ToContract()) } };

    /// <inheritdoc/>
    public override async Task<CreateNetworkResponse> CreateNetwork(CreateNetworkRequest request, ServerCallContext context)
    {
        var command = CommandContexts.ReadOwner(request.Context);
        var (network, adopted) = await networks.CreateAsync(command, request.Name, request.Subnet, request.Labels, context.CancellationToken);
        return new CreateNetworkResponse { Network = network.ToContract(), Adopted = adopted };
    }

    /// <inheritdoc/>
    public override async Task<RemoveNetworkResponse> RemoveNetwork(RemoveNetworkRequest request, ServerCallContext context)
    {
        await networks.RemoveAsync(CommandContexts.ReadOwner(request.Context), request.Name, context.CancellationToken);
        return new RemoveNetworkResponse();
    }

    /// <inheritdoc/>
    public override async Task<ListVolumesResponse> ListVolumes(ListVolumesRequest request, ServerCallContext context) =>
        new() { Volumes = { (await volumes.ListAsync(context.CancellationToken)).Select(volume => volume.ToContract()) } };

    /// <inheritdoc/>
    public override async Task<CreateVolumeResponse> CreateVolume(CreateVolumeRequest request, ServerCallContext context)
    {
        var (volume, adopted) = await volumes.CreateAsync(CommandContexts.ReadInstance(request.Context), request.Name, request.Labels, context.CancellationToken);
        return new CreateVolumeResponse { Volume = volume.ToContract(), Adopted = adopted };
    }

    /// <inheritdoc/>
    public override async Task<RemoveVolumeResponse> RemoveVolume(RemoveVolumeRequest request, ServerCallContext context)
    {
        await volumes.RemoveAsync(CommandContexts.ReadInstance(request.Context), request.Name, request.DestroyData, context.CancellationToken);
        return new RemoveVolumeResponse();
    }

    /// <inheritdoc/>
    public override async Task<WriteVolumeFilesResponse> WriteVolumeFiles(WriteVolumeFilesRequest request, ServerCallContext context)
    {
        var command = CommandContexts.ReadInstance(request.Context);
        await files.WriteAsync(command, request.Container, request.Directory, request.Files, request.ConfigHash, context.CancellationToken);
        return new WriteVolumeFilesResponse();
    }

    /// <inheritdoc/>
    public override async Task<CheckImagesResponse> CheckImages(CheckImagesRequest request, ServerCallContext context)
    {
        Requests.Require(request.Images.Count <= ImagesMax, "images", $"must be {ImagesMax} at the most");
        var response = new CheckImagesResponse();
        foreach (var image in request.Images)
        {
            var label = await images.FindLabelAsync(image.Reference, context.CancellationToken);
            response.Images.Add(new ImageStatus { Reference = image.Reference, Label = label, Present = label.Length > 0 && label == image.Label });
        }

        return response;
    }

    /// <inheritdoc/>
    public override async Task EnsureImage(EnsureImageRequest request, IServerStreamWriter<EnsureImageResponse> responseStream, ServerCallContext context)
    {
        var command = CommandContexts.Read(request.Context);
        gate.Admit(command);
        var image = request.Image ?? new ImageRef();
        var wanted = new ImageRequest(image.Reference, image.Label, request.ConfigDigest, request.ArchiveSha256, request.ArchiveBytes);
        await foreach (var progress in images.EnsureAsync(wanted, context.CancellationToken))
            await responseStream.WriteAsync(
                new EnsureImageResponse { ReceivedBytes = progress.ReceivedBytes, Present = progress.IsPresent }, context.CancellationToken);
    }
}
