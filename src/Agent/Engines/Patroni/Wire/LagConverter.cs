using System.Text.Json;
using System.Text.Json.Serialization;

namespace Agents.Agent.Engines.Patroni.Wire;

/// <summary>Reads a lag that is a number, or a word instead of one.</summary>
internal sealed class LagConverter : JsonConverter<long?>
{
    /// <inheritdoc/>
    public override long? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.TokenType == JsonTokenType.Number && reader.TryGetInt64(out var lag) ? lag : null;

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, long? value, JsonSerializerOptions options)
    {
        if (value is { } lag)
            writer.WriteNumberValue(lag);
        else
            writer.WriteNullValue();
    }
}
