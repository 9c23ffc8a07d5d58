using System.Security.Cryptography.X509Certificates;
using Agents.Protocol.Identity;

namespace Agents.Agent.Link;

/// <summary>When a certificate is renewed: at a random point between half and two thirds of its life, so that a fleet that enrolled together does not come together.</summary>
internal static class RenewalClock
{
    private const double Earliest = 0.50;
    private const double Latest = 0.67;
    private const int TriesInALife = 100;
    private static readonly TimeSpan PauseMax = TimeSpan.FromMinutes(10);

    /// <summary>The time to renew at.</summary>
    public static DateTimeOffset DueAt(X509Certificate2 certificate, Random random) =>
        IssuedAt(certificate) + LifeOf(certificate) * (Earliest + (Latest - Earliest) * random.NextDouble());

    /// <summary>The pause after a renewal that failed.</summary>
    public static TimeSpan Pause(X509Certificate2 certificate) => LifeOf(certificate) / TriesInALife is var pause && pause < PauseMax ? pause : PauseMax;

    private static TimeSpan LifeOf(X509Certificate2 certificate) => certificate.NotAfter.ToUniversalTime() - IssuedAt(certificate).UtcDateTime;

    private static DateTimeOffset IssuedAt(X509Certificate2 certificate) => new DateTimeOffset(certificate.NotBefore) + PeerCertificates.Backdated;
}
