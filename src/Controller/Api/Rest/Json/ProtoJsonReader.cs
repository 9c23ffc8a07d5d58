using System.Collections;
using System.Text.Json;
using Agents.Domain.Model;
using Google.Protobuf;
using Google.Protobuf.Reflection;
using Google.Protobuf.WellKnownTypes;

namespace Agents.Controller.Api.Rest.Json;

/// <summary>
/// Reads the JSON of the REST interface into messages of the contract, strictly: unknown fields, wrong types, numbers as text and fields given twice are violations with their
/// JSON path, all found in one pass. What is malformed as JSON is one violation with its place.
/// </summary>
internal sealed class ProtoJsonReader
{
    private const int DepthMax = 16;
    private readonly List<Violation> _violations = [];

    private ProtoJsonReader()
    {
    }

    /// <summary>Reads a message. Of the fields of the outermost message only those that are <paramref name="allowed"/> may be there.</summary>
    public static IReadOnlyList<Violation> Read(ReadOnlySpan<byte> json, IMessage message, IReadOnlySet<string> allowed)
    {
        var reader = new ProtoJsonReader();
        try
        {
            reader.ReadDocument(json, message, allowed);
        }
        catch (JsonException exception)
        {
            return [new Violation("$", $"this is not JSON: line {exception.LineNumber + 1}, byte {exception.BytePositionInLine + 1}")];
        }
        return reader._violations;
    }

    private void ReadDocument(ReadOnlySpan<byte> json, IMessage message, IReadOnlySet<string> allowed)
    {
        var reader = new Utf8JsonReader(json, new JsonReaderOptions { MaxDepth = DepthMax });
        reader.Read();
        if (reader.TokenType == JsonTokenType.StartObject)
            ReadMessage(ref reader, message, "$", allowed);
        else
            Refuse(ref reader, "$", "expected an object");
        if (reader.Read())
            throw new JsonException();
    }

    private void ReadMessage(ref Utf8JsonReader reader, IMessage message, string path, IReadOnlySet<string>? allowed)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var name = ReadText(ref reader, path);
            var fieldPath = $"{path}.{name}";
            reader.Read();
            if (!seen.Add(name))
                Refuse(ref reader, fieldPath, "this field is given twice");
            else if (FindField(message.Descriptor, name) is { } field && allowed?.Contains(name) != false)
                ReadField(ref reader, message, field, fieldPath);
            else
                Refuse(ref reader, fieldPath, $"there is no such field here; known are: {string.Join(", ", Known(message.Descriptor, allowed))}");
        }
    }

    private static FieldDescriptor? FindField(MessageDescriptor descriptor, string name) =>
        descriptor.Fields.InFieldNumberOrder().FirstOrDefault(field => ProtoNames.Of(field) == name);

    private static IEnumerable<string> Known(MessageDescriptor descriptor, IReadOnlySet<string>? allowed) =>
        descriptor.Fields.InFieldNumberOrder().Select(ProtoNames.Of).Where(name => allowed?.Contains(name) != false);

    private void ReadField(ref Utf8JsonReader reader, IMessage message, FieldDescriptor field, string path)
    {
        if (reader.TokenType == JsonTokenType.Null)
            return; // Not said.
        if (field.IsMap)
            ReadLabels(ref reader, (IDictionary<string, string>)field.Accessor.GetValue(message), path);
        else if (field.IsRepeated)
            ReadList(ref reader, (IList)field.Accessor.GetValue(message), field, path);
        else if (ReadValue(ref reader, field, path) is { } value)
            field.Accessor.SetValue(message, value);
    }

    private void ReadList(ref Utf8JsonReader reader, IList list, FieldDescriptor field, string path)
    {
        if (reader.TokenType != JsonTokenType.StartArray)
        {
            Refuse(ref reader, path, "expected a list");
            return;
        }
        for (var index = 0; reader.Read() && reader.TokenType != JsonTokenType.EndArray; index++)
        {
            if (ReadValue(ref reader, field, $"{path}[{index}]") is { } value)
                list.Add(value);
        }
    }

    private void ReadLabels(ref Utf8JsonReader reader, IDictionary<string, string> map, string path)
    {
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            Refuse(ref reader, path, "expected an object");
            return;
        }
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var key = ReadText(ref reader, path);
            reader.Read();
            if (reader.TokenType is not (JsonTokenType.String or JsonTokenType.Null))
                Refuse(ref reader, $"{path}.{key}", "expected text");
            else if (!map.TryAdd(key, ReadText(ref reader, $"{path}.{key}")))
                Refuse(ref reader, $"{path}.{key}", "this field is given twice");
        }
    }

    private object? ReadValue(ref Utf8JsonReader reader, FieldDescriptor field, string path) => field.FieldType switch
    {
        FieldType.String => reader.TokenType == JsonTokenType.String ? ReadText(ref reader, path) : Refuse(ref reader, path, "expected text"),
        FieldType.Bool => reader.TokenType is JsonTokenType.True or JsonTokenType.False ? reader.GetBoolean() : Refuse(ref reader, path, "expected true or false"),
        FieldType.Int32 => reader.TokenType == JsonTokenType.Number && reader.TryGetInt32(out var number) ? number : Refuse(ref reader, path, "expected a whole number"),
        FieldType.Int64 => reader.TokenType == JsonTokenType.Number && reader.TryGetInt64(out var number) ? number : Refuse(ref reader, path, "expected a whole number"),
        FieldType.Enum => ReadWord(ref reader, field.EnumType, path),
        _ when ProtoNames.IsMessage(field, Duration.Descriptor) => ReadSeconds(ref reader, path),
        _ => ReadChild(ref reader, field.MessageType, path),
    };

    private object? ReadWord(ref Utf8JsonReader reader, EnumDescriptor descriptor, string path)
    {
        var word = reader.TokenType == JsonTokenType.String ? ReadText(ref reader, path) : null;
        return descriptor.Values.FirstOrDefault(value => value.Number != 0 && ProtoNames.Of(value) == word) is { } value
            ? value.Number
            : Refuse(ref reader, path, $"use one of: {string.Join(", ", ProtoNames.WordsOf(descriptor))}");
    }

    private object? ReadSeconds(ref Utf8JsonReader reader, string path) =>
        reader.TokenType == JsonTokenType.Number && reader.TryGetDouble(out var seconds) && Math.Abs(seconds) < TimeSpan.FromDays(3650).TotalSeconds
            ? Duration.FromTimeSpan(TimeSpan.FromSeconds(seconds))
            : Refuse(ref reader, path, "expected a number of seconds");

    private object? ReadChild(ref Utf8JsonReader reader, MessageDescriptor descriptor, string path)
    {
        if (reader.TokenType != JsonTokenType.StartObject)
            return Refuse(ref reader, path, "expected an object");
        var child = descriptor.Parser.ParseFrom(ByteString.Empty);
        ReadMessage(ref reader, child, path, allowed: null);
        return child;
    }

    /// <summary>The text of a token, empty for null. Bytes that are no UTF-8 and halves of surrogate pairs are no text: a violation.</summary>
    private string ReadText(ref Utf8JsonReader reader, string path)
    {
        try
        {
            return reader.GetString() ?? "";
        }
        catch (InvalidOperationException)
        {
            _violations.Add(new Violation(path, $"this is not Unicode text: byte {reader.TokenStartIndex + 1} of the body"));
            return "";
        }
    }

    private object? Refuse(ref Utf8JsonReader reader, string path, string message)
    {
        _violations.Add(new Violation(path, message));
        reader.Skip();
        return null;
    }
}
