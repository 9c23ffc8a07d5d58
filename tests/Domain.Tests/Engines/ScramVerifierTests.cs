using System.Security.Cryptography;
using System.Text;
using Agents.Domain.Engines;

namespace Agents.Domain.Tests.Engines;

/// <summary>The verifier against the exchange that RFC 7677 prints: user "user", password "pencil", 4096 iterations.</summary>
public sealed class ScramVerifierTests
{
    private const string Salt = "W22ZaJ0SNY7soEsUEjb6gQ==";
    private const string AuthMessage =
        "n=user,r=rOprNGfwEbeRWgbNEkqO,r=rOprNGfwEbeRWgbNEkqO%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0,s=W22ZaJ0SNY7soEsUEjb6gQ==,i=4096,"
        + "c=biws,r=rOprNGfwEbeRWgbNEkqO%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0";

    private const string ClientProof = "dHzbZapWIk4jUhN+Ute9ytag9zjfMHgsqmmiz7AndVQ=";
    private const string ServerSignature = "6rriTRBi23WpRR/wtup+mMhUZUn/dB5nLTJRsjl95G4=";

    private readonly string _verifier = ScramVerifier.Of("pencil", Convert.FromBase64String(Salt));

    [Fact]
    public void Of_Pencil_HasTheFormOfRfc5803() => Assert.Matches(@"^SCRAM-SHA-256\$4096:W22ZaJ0SNY7soEsUEjb6gQ==\$[A-Za-z0-9+/]{43}=:[A-Za-z0-9+/]{43}=$", _verifier);

    [Fact]
    public void Of_Pencil_StoredKeyAcceptsTheRfcsProof()
    {
        var storedKey = Keys()[0];

        var signature = HMACSHA256.HashData(storedKey, Encoding.ASCII.GetBytes(AuthMessage));
        var clientKey = Convert.FromBase64String(ClientProof).Zip(signature, (left, right) => (byte)(left ^ right)).ToArray();

        Assert.Equal(storedKey, SHA256.HashData(clientKey));
    }

    [Fact]
    public void Of_Pencil_ServerKeyGivesTheRfcsSignature() =>
        Assert.Equal(ServerSignature, Convert.ToBase64String(HMACSHA256.HashData(Keys()[1], Encoding.ASCII.GetBytes(AuthMessage))));

    [Fact]
    public void Of_AnotherPassword_AnotherVerifier() => Assert.NotEqual(_verifier, ScramVerifier.Of("pencils", Convert.FromBase64String(Salt)));

    private byte[][] Keys() => [.. _verifier.Split('$')[2].Split(':').Select(Convert.FromBase64String)];
}
