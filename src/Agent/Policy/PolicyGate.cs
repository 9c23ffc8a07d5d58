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

    /// <summary>Lets a volume be made.</summary>
    public void RequirePool(string pool) => Require(policy.RefusePool(pool), "storage_pool", pool);

    private void Require(string? refusal, string key, string value)
    {
        if (refusal is not null)
            throw new CommandException(ErrorReasons.Policy, $"{refusal} in {settings.PolicyFile}.", (key, value), ("policy_file", settings.PolicyFile));
    }
}
