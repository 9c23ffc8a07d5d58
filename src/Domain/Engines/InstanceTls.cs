namespace Agents.Domain.Engines;

/// <summary>The certificates and keys of one instance, PEM. The server pair also serves as a client pair between engine members.</summary>
/// <param name="ServerCertificate">Names the host's cluster and client addresses.</param>
/// <param name="ServerKey">Its key.</param>
/// <param name="ClientCertificate">What the host's agent calls the engine with.</param>
/// <param name="ClientKey">Its key.</param>
public sealed record InstanceTls(string ServerCertificate, string ServerKey, string ClientCertificate, string ClientKey)
{
    /// <summary>Nothing of the content.</summary>
    public override string ToString() => nameof(InstanceTls);
}
