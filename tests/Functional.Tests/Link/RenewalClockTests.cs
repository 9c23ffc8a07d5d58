using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Agents.Agent.Link;
using Agents.Controller.Enrollment;
using Agents.Protocol.Identity;
using Agents.Testing;

namespace Agents.Functional.Tests.Link;

/// <summary>When certificates are renewed.</summary>
public sealed class RenewalClockTests
{
    [Theory]
    [InlineData(30 * 24 * 60)]
    [InlineData(1)]
    public void DueAt_AnyCertificate_IsBetweenHalfAndTwoThirdsOfItsLife(int minutes)
    {
        var life = TimeSpan.FromMinutes(minutes);
        using var certificate = Issue(life);
        var random = new Random(1);

        var times = Enumerable.Range(0, 1000).Select(_ => (RenewalClock.DueAt(certificate, random) - A.Time) / life).ToList();

        Assert.All(times, part => Assert.InRange(part, 0.49, 0.68));
        Assert.True(times.Max() - times.Min() > 0.15, "hosts that enrolled together come together");
    }

    [Fact]
    public void Pause_AnyCertificate_LeavesManyTriesAndNeverWaitsLong()
    {
        using var month = Issue(TimeSpan.FromDays(30));
        using var minute = Issue(TimeSpan.FromMinutes(1));

        Assert.Equal(TimeSpan.FromMinutes(10), RenewalClock.Pause(month));
        Assert.InRange(RenewalClock.Pause(minute), TimeSpan.FromSeconds(0.5), TimeSpan.FromSeconds(0.7));
    }

    private static X509Certificate2 Issue(TimeSpan life)
    {
        using var authority = CertificateIssuer.CreateAuthority("store", A.Time);
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        return CertificateIssuer.IssueToHost(authority, PeerName.OfHost("store", "h1"), new PublicKey(key), A.Time, life);
    }
}
