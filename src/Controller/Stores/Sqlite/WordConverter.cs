using System.Text.Json;
using System.Text.Json.Serialization;

namespace Agents.Controller.Stores.Sqlite;

/// <summary>Writes an enumeration as its word of <see cref="SqliteWords{T}"/>.</summary>
internal abstract class WordConverter<T> : JsonConverter<T>
    where T : struct, Enum
{
    /// <inheritdoc/>
    public override T Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => SqliteWords<T>.Parse(reader.GetString() ?? "");

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, T value, JsonSerializerOptions options) => writer.WriteStringValue(SqliteWords<T>.Of(value));
}
