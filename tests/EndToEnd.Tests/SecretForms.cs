using System.Text;

namespace Agents.EndToEnd.Tests;

/// <summary>The forms in which a secret may have leaked: clear, base64 at each of its three alignments, hexadecimal, and URL-escaped.</summary>
internal static class SecretForms
{
    /// <summary>All forms of a secret, each long enough that finding one is no accident.</summary>
    public static IReadOnlyList<string> Of(string secret)
    {
        var bytes = Encoding.UTF8.GetBytes(secret);
        return
        [
            secret,
            .. Enumerable.Range(0, 3).SelectMany(shift => Base64(bytes, shift)).Distinct(),
            Convert.ToHexString(bytes),
            Convert.ToHexStringLower(bytes),
            Uri.EscapeDataString(secret),
            string.Concat(bytes.Select(value => $"%{value:X2}")),
        ];
    }

    /// <summary>The first form that a text holds; null when it holds none.</summary>
    public static string? FindIn(byte[] content, string secret) => Of(secret).FirstOrDefault(form => content.AsSpan().IndexOf(Encoding.UTF8.GetBytes(form)) >= 0);

    /// <summary>What of the base64 text does not depend on what stands before and after the secret.</summary>
    private static IEnumerable<string> Base64(byte[] secret, int shift)
    {
        var text = Convert.ToBase64String([.. new byte[shift], .. secret]);
        var inner = text[(shift == 0 ? 0 : 4)..(text.TrimEnd('=').Length - 2)];
        return [inner, inner.Replace('+', '-').Replace('/', '_')];
    }
}
