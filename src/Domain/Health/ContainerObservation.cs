using Agents.Domain.Model;

namespace Agents.Domain.Health;

/// <summary>A container as its agent last reported it.</summary>
/// <param name="Name">Its name.</param>
/// <param name="ControllerId">The store that it belongs to.</param>
/// <param name="Owner">The resource that its label names; null where it names none.</param>
/// <param name="InstanceId">The instance that its label names; null where it names none.</param>
/// <param name="State">Its state.</param>
/// <param name="ExitCode">Its exit code, when it has exited.</param>
/// <param name="IsDetached">Whether it is no more in the network that it was made for: nobody reaches it, or it cannot be started.</param>
/// <param name="Ended">The life that it has ended; null while it runs, and where it never did.</param>
/// <param name="Ports">The ports that its labels name, as <see cref="PortLabels"/> writes them.</param>
public sealed record ContainerObservation(
    string Name, string ControllerId, ResourceRef? Owner, InstanceId? InstanceId, ContainerState State, int ExitCode, bool IsDetached = false, ContainerLife? Ended = null, string Ports = "");
