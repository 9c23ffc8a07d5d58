using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace Agents.Controller.Api.Auth;

/// <summary>The text of user tokens: a prefix that secret scanners can find, and 256 random bits. Only the hash of a text is kept.</summary>
internal static class UserTokens
{
    private const string Prefix = "agentsu1.";

    /// <summary>Makes a text.</summary>
    public static string CreateText() => Prefix + Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32));

    /// <summary>Whether a text can be a token at all.</summary>
    public static bool IsWellFormed(string text) =>
        text.StartsWith(Prefix, StringComparison.Ordinal) && Base64Url.IsValid(text.AsSpan(Prefix.Length), out var length) && length == 32;

    /// <summary>What is kept of a text.</summary>
    public static string HashOf(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
}
