using System.Collections.Frozen;
using System.Text.Json;

namespace Agents.Controller.Stores.Sqlite;

/// <summary>The snake_case words of an enumeration, both ways. A word that this version does not know is an error: the schema's version should have told.</summary>
internal static class SqliteWords<T>
    where T : struct, Enum
{
    private static readonly FrozenDictionary<T, string> Words =
        Enum.GetValues<T>().ToFrozenDictionary(value => value, value => JsonNamingPolicy.SnakeCaseLower.ConvertName(value.ToString()));

    private static readonly FrozenDictionary<string, T> Values = Words.ToFrozenDictionary(pair => pair.Value, pair => pair.Key);

    /// <summary>The word of a value.</summary>
    public static string Of(T value) => Words[value];

    /// <summary>The value of a word.</summary>
    public static T Parse(string word) =>
        Values.TryGetValue(word, out var value) ? value : throw new InvalidDataException($"the store holds the {typeof(T).Name} \"{word}\", which this version does not know");
}
