using System.Text.Json;
using System.Text.Json.Serialization;
using Agents.Domain.Model;

namespace Agents.Controller.Stores.Sqlite;

/// <summary>Writes labels as an object, in order of their keys.</summary>
internal sealed class LabelSetConverter : JsonConverter<LabelSet>
{
    /// <inheritdoc/>
    public override LabelSet Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        var labels = new Dictionary<string, string>();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var key = reader.GetString()!;
            reader.Read();
            labels[key] = reader.GetString()!;
        }
        return new LabelSet(labels);
    }

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, LabelSet value, JsonSerializerOptions options)
    {
        writer.WriteStartObject();
        foreach (var (key, text) in value.Values)
            writer.WriteString(key, text);
        writer.WriteEndObject();
    }
}
