using System.Formats.Asn1;
using System.Security.Cryptography.X509Certificates;

namespace Agents.Protocol.Identity;

/// <summary>
/// Who a certificate of ours speaks for: a URI among its alternative names, <c>agents://{controller id}/host/{host id}</c> for an agent and
/// <c>agents://{controller id}/controller</c> for a controller. Believed only after the chain was verified.
/// </summary>
/// <param name="ControllerId">The store id of the controller whose authority signed.</param>
/// <param name="HostId">The host's id; empty for a controller.</param>
public sealed record PeerName(string ControllerId, string HostId)
{
    private const string Scheme = "agents://";
    private const string AlternativeNameOid = "2.5.29.17";

    /// <summary>Whether it is a controller's name.</summary>
    public bool IsController => HostId.Length == 0;

    /// <summary>The name of an agent.</summary>
    public static PeerName OfHost(string controllerId, string hostId) => new(controllerId, hostId);

    /// <summary>The name of a controller.</summary>
    public static PeerName OfController(string controllerId) => new(controllerId, "");

    /// <summary>The URI.</summary>
    public Uri ToUri() => new(IsController ? $"{Scheme}{ControllerId}/controller" : $"{Scheme}{ControllerId}/host/{HostId}");

    /// <summary>The name in a certificate; null where it has none of ours, or more than one, or where its names cannot be read: anybody can make such a one.</summary>
    public static PeerName? Of(X509Certificate2 certificate)
    {
        try
        {
            var ours = AlternativeUris(certificate).Where(uri => uri.StartsWith(Scheme, StringComparison.Ordinal)).Take(2).ToList();
            return ours is [var only] ? Parse(only) : null;
        }
        catch (AsnContentException)
        {
            return null;
        }
    }

    private static PeerName? Parse(string text) => text[Scheme.Length..].Split('/') switch
    {
        [{ Length: > 0 } controllerId, "controller"] => OfController(controllerId),
        [{ Length: > 0 } controllerId, "host", { Length: > 0 } hostId] => OfHost(controllerId, hostId),
        _ => null,
    };

    private static List<string> AlternativeUris(X509Certificate2 certificate)
    {
        var uris = new List<string>();
        var extension = certificate.Extensions.FirstOrDefault(extension => extension.Oid?.Value == AlternativeNameOid);
        if (extension is null)
            return uris;
        var uriTag = new Asn1Tag(TagClass.ContextSpecific, 6);
        var names = new AsnReader(extension.RawData, AsnEncodingRules.DER).ReadSequence();
        while (names.HasData)
        {
            if (names.PeekTag() == uriTag)
                uris.Add(names.ReadCharacterString(UniversalTagNumber.IA5String, uriTag));
            else
                names.ReadEncodedValue();
        }

        return uris;
    }
}
