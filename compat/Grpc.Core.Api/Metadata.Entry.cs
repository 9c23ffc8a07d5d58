using System.Buffers;
using System.Text;

namespace Grpc.Core;

/// <content>The entry type.</content>
public sealed partial class Metadata
{
    /// <summary>One immutable key and value. The key is kept in lower case.</summary>
    public class Entry
    {
        private const string LegalKeyCharacters = "0123456789abcdefghijklmnopqrstuvwxyz_-.";
        private static readonly SearchValues<char> LegalKey = SearchValues.Create(LegalKeyCharacters);

        private readonly string? _text;
        private readonly byte[]? _bytes;

        /// <summary>Makes a binary entry from a copy of the bytes; the key must end in <see cref="BinaryHeaderSuffix"/>.</summary>
        public Entry(string key, byte[] valueBytes)
        {
            ArgumentNullException.ThrowIfNull(valueBytes);
            Key = NormalizeKey(key, binary: true);
            _bytes = (byte[])valueBytes.Clone();
        }

        /// <summary>Makes a text entry; the key must not end in <see cref="BinaryHeaderSuffix"/>.</summary>
        public Entry(string key, string value)
        {
            ArgumentNullException.ThrowIfNull(value);
            Key = NormalizeKey(key, binary: false);
            _text = value;
        }

        /// <summary>The key in lower case.</summary>
        public string Key { get; }

        /// <summary>Whether the value is bytes.</summary>
        public bool IsBinary => _bytes is not null;

        /// <summary>The text. Throws <see cref="InvalidOperationException"/> for a binary entry.</summary>
        public string Value => _text ?? throw new InvalidOperationException("A binary entry has no text.");

        /// <summary>A copy of the bytes; of a text entry, its ASCII bytes.</summary>
        public byte[] ValueBytes => _bytes is null ? Encoding.ASCII.GetBytes(_text!) : (byte[])_bytes.Clone();

        /// <inheritdoc/>
        public override string ToString() =>
            IsBinary ? $"[Entry: key={Key}, valueBytes={Convert.ToBase64String(_bytes!)}]" : $"[Entry: key={Key}, value={_text}]";

        private static string NormalizeKey(string key, bool binary)
        {
            ArgumentNullException.ThrowIfNull(key);
            var normalized = Lower(key);
            if (normalized.Length == 0 || normalized.AsSpan().ContainsAnyExcept(LegalKey))
                throw new ArgumentException("A metadata key has only letters, digits, underscores, hyphens and dots, and at least one.", nameof(key));
            if (normalized.EndsWith(BinaryHeaderSuffix, StringComparison.Ordinal) != binary)
                throw new ArgumentException(
                    $"A metadata key ends in '{BinaryHeaderSuffix}' if, and only if, its value is bytes.", nameof(key));
            return normalized;
        }

        private static string Lower(string key) => string.Create(key.Length, key, static (span, source) => Ascii.ToLower(source, span, out _));
    }
}
