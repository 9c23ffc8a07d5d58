using System.Security.Cryptography;
using System.Text;

namespace Agents.Domain.Engines;

/// <summary>
/// Makes what PostgreSQL stores of a password (RFC 5803, SCRAM-SHA-256), so that the password itself is never sent in a statement and cannot end in a log.
/// </summary>
public static class ScramVerifier
{
    /// <summary>PostgreSQL's own default.</summary>
    private const int Iterations = 4096;

    /// <summary>The verifier of an ASCII password with a random salt of 16 bytes.</summary>
    public static string Of(string password, ReadOnlySpan<byte> salt)
    {
        var salted = Rfc2898DeriveBytes.Pbkdf2(Encoding.ASCII.GetBytes(password), salt, Iterations, HashAlgorithmName.SHA256, 32);
        var storedKey = SHA256.HashData(HMACSHA256.HashData(salted, "Client Key"u8));
        var serverKey = HMACSHA256.HashData(salted, "Server Key"u8);
        return $"SCRAM-SHA-256${Iterations}:{Convert.ToBase64String(salt)}${Convert.ToBase64String(storedKey)}:{Convert.ToBase64String(serverKey)}";
    }
}
