using Agents.Agent.Configuration;
using Agents.Agent.Docker.Objects;
using Agents.Agent.Instances;
using Agents.Protocol;

namespace Agents.Agent.Policy;

/// <summary>Refuses what the host's policy forbids, and says what its administrator would have to change.</summary>
internal sealed class PolicyGate(HostPolicy policy, AgentSettings settings)
{
    /// <summary>Lets an image be fetched.</summary>
    public void RequireReference(string reference, string label) => Require(policy.RefuseReference(reference, label), "image", reference);

    /// <summary>Lets an image be loaded.</summary>
    public void RequireDigest(string reference, string digest) => Require(policy.RefuseDigest(reference, digest), "image", reference);

    /// <summary>Lets an image be run.</summary>
    public void RequireImage(string reference, ImageInspection image) => Require(policy.RefuseImage(reference, image), "image", reference);

    /// <summary>Lets a container be made with so much memory, 0 for any amount.</summary>
    public void RequireMemory(string container, long bytes) => Require(policy.RefuseMemory(container, bytes), "container", container);

    /// <summary>Lets an archive of such a size be fetched.</summary>
    public void RequireArchive(string reference, long bytes) => Require(policy.RefuseArchive(reference, bytes), "image", reference);

    /// <summary>Why an address may not be dialled; empty when it may. One that may not is told beside those that may.</summary>
    public string DialRefusal(string address) => policy.RefuseDial(address) is { } refusal ? SentenceOf(refusal) : "";

    /// <summary>Lets a volume be made.</summary>
    public void RequirePool(string pool) => Require(policy.RefusePool(pool), "storage_pool", pool);

    private string SentenceOf(string refusal) => $"{refusal} in {settings.PolicyFile}.";

    private void Require(string? refusal, string key, string value)
    {
        if (refusal is not null)
            throw new CommandException(ErrorReasons.Policy, SentenceOf(refusal), (key, value), ("policy_file", settings.PolicyFile));
    }
}
