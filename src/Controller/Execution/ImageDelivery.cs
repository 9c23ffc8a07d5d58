using System.Collections.Concurrent;
using Agents.Domain.Model;

namespace Agents.Controller.Execution;

/// <summary>Brings images to hosts that lack them: one transfer per host and image at a time. Safe for concurrent use.</summary>
internal sealed class ImageDelivery(IAgents agents, ILogger<ImageDelivery> logger)
{
    private readonly ConcurrentDictionary<(HostId Host, string Label), Task> _underWay = new();

    /// <summary>Brings an image that is not there; false when it was. Throws what <see cref="IAgent"/> throws.</summary>
    public async Task<bool> EnsureAsync(HostId host, ImageSetImage image, CancellationToken cancellationToken)
    {
        var agent = agents.Find(host) ?? throw new AgentUnavailableException("the host has no link");
        if (await agent.HasImageAsync(image, cancellationToken))
            return false;
        await agent.EnsureImageAsync(image, cancellationToken);
        return true;
    }

    /// <summary>Begins to bring an image, unless that is under way. A failure is logged; whoever needs the image begins again.</summary>
    public void Begin(HostId host, ImageSetImage image, CancellationToken cancellationToken)
    {
        if (!IsUnderWay(host, image.Label))
            _underWay[(host, image.Label)] = BringAsync(host, image, cancellationToken);
    }

    /// <summary>Whether an image is being brought.</summary>
    public bool IsUnderWay(HostId host, string label) => _underWay.TryGetValue((host, label), out var task) && !task.IsCompleted;

    private async Task BringAsync(HostId host, ImageSetImage image, CancellationToken cancellationToken)
    {
        try
        {
            if (await EnsureAsync(host, image, cancellationToken))
                Log.ImageBrought(logger, image.Reference, host);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // Shutting down: the agent keeps what it has, and the next process goes on.
        }
        catch (Exception exception) when (exception is AgentUnavailableException or AgentRefusedException)
        {
            Log.ImageNotBrought(logger, image.Reference, host, exception.Message);
        }
    }
}
