using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Agents.Domain.Model;
using Agents.V1;

namespace Agents.Controller.Enrollment;

/// <summary>What a request to enrol must look like. Collects all that is wrong.</summary>
internal static class EnrollRequestRules
{
    private const int PortLowest = 1024;
    private const int PortHighest = 65535;
    private const int PoolPrefixShortest = 8;
    private const int PoolPrefixLongest = 28;
    private const int RequestIdLengthMax = 128;
    private const string CurveP256 = "1.2.840.10045.3.1.7";

    /// <summary>All that is wrong with the request but its certificate request.</summary>
    public static IEnumerable<Violation> Check(EnrollRequest request)
    {
        if (!ResourceName.IsValid(request.Name))
            yield return new Violation("name", ResourceName.Rule);
        if (request.RequestId.Length is 0 or > RequestIdLengthMax)
            yield return new Violation("request_id", $"send an id of 1 to {RequestIdLengthMax} characters, and the same one again when the answer was lost");
        if (request.PortFirst < PortLowest || request.PortLast > PortHighest || request.PortFirst > request.PortLast)
            yield return new Violation("port_first", $"the range {request.PortFirst}-{request.PortLast} is not within {PortLowest}-{PortHighest}");
        foreach (var violation in CheckAddress("cluster_address", request.ClusterAddress).Concat(CheckAddress("client_address", request.ClientAddress)))
            yield return violation;
        foreach (var violation in CheckPool(request))
            yield return violation;
    }

    /// <summary>The key of a certificate request, when it is signed with that key and is ECDSA P-256; else null.</summary>
    public static PublicKey? ReadKey(byte[] certificateRequest)
    {
        try
        {
            var request = CertificateRequest.LoadSigningRequest(certificateRequest, HashAlgorithmName.SHA256);
            using var key = request.PublicKey.GetECDsaPublicKey();
            return key?.ExportParameters(includePrivateParameters: false).Curve.Oid.Value == CurveP256 ? request.PublicKey : null;
        }
        catch (Exception exception) when (exception is CryptographicException or PlatformNotSupportedException or NotSupportedException)
        {
            return null;
        }
    }

    private static IEnumerable<Violation> CheckAddress(string path, string text)
    {
        if (!IPAddress.TryParse(text, out var address) || address.ToString() != text || address.IsIPv4MappedToIPv6 || text.Contains('%'))
            yield return new Violation(path, $"\"{text}\" is not an IP address in its usual form");
        else if (!IsOfOneHost(address))
            yield return new Violation(path, $"{text} is not the address of one host: give one that other hosts can dial");
    }

    private static bool IsOfOneHost(IPAddress address) => address.AddressFamily == AddressFamily.InterNetwork
        ? address.GetAddressBytes() is not ([0 or 127 or >= 224, ..] or [169, 254, ..]) // This network, loopback, groups; link-local.
        : !(address.Equals(IPAddress.IPv6Any) || IPAddress.IsLoopback(address) || address.IsIPv6LinkLocal || address.IsIPv6Multicast);

    private static IEnumerable<Violation> CheckPool(EnrollRequest request)
    {
        if (!IPNetwork.TryParse(request.NetworkPool, out var pool) || pool.BaseAddress.AddressFamily != AddressFamily.InterNetwork
            || pool.PrefixLength is < PoolPrefixShortest or > PoolPrefixLongest)
            yield return new Violation("network_pool", $"\"{request.NetworkPool}\" is not an IPv4 range in CIDR form of prefix {PoolPrefixShortest} to {PoolPrefixLongest}");
        else if (IPAddress.TryParse(request.ClusterAddress, out var address) && pool.Contains(address))
            yield return new Violation("network_pool", $"{request.NetworkPool} contains the host's own address {address}: choose a range that is used nowhere else");
    }
}
