namespace Agents.Domain.Engines;

/// <summary>A certificate and its key, PEM.</summary>
/// <param name="Certificate">The certificate.</param>
/// <param name="Key">Its key.</param>
public sealed record KeyPair(string Certificate, string Key)
{
    /// <summary>Nothing of the content.</summary>
    public override string ToString() => nameof(KeyPair);
}
