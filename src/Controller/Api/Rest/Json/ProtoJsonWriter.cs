using System.Collections;
using System.Text.Json;
using Agents.V1;
using Google.Protobuf;
using Google.Protobuf.Reflection;
using Google.Protobuf.WellKnownTypes;

namespace Agents.Controller.Api.Rest.Json;

/// <summary>
/// Writes messages of the contract as the JSON of the REST interface. What is not set, and empty text, is left out; numbers, yes-or-no, lists and maps are always there, but in
/// a spec, which holds what the user wrote and no more. Whole numbers are numbers; times are RFC 3339; durations are seconds.
/// </summary>
internal static class ProtoJsonWriter
{
    private static readonly HashSet<MessageDescriptor> _sparse =
        [PostgresClusterSpec.Descriptor, Bootstrap.Descriptor, Proxies.Descriptor, Placement.Descriptor, Resources.Descriptor];

    /// <summary>Writes a message.</summary>
    public static void Write(Utf8JsonWriter writer, IMessage message)
    {
        var isSparse = _sparse.Contains(message.Descriptor);
        writer.WriteStartObject();
        foreach (var field in message.Descriptor.Fields.InFieldNumberOrder())
        {
            if (IsWritten(field, message, isSparse))
            {
                writer.WritePropertyName(ProtoNames.Of(field));
                WriteField(writer, field, field.Accessor.GetValue(message));
            }
        }
        writer.WriteEndObject();
    }

    private static bool IsWritten(FieldDescriptor field, IMessage message, bool isSparse)
    {
        if (field.HasPresence)
            return field.Accessor.HasValue(message);
        return field.Accessor.GetValue(message) switch
        {
            string text => text.Length > 0,
            System.Enum value => Convert.ToInt32(value, System.Globalization.CultureInfo.InvariantCulture) != 0,
            ICollection { Count: 0 } => !isSparse,
            0 or 0L or false => !isSparse,
            _ => true,
        };
    }

    private static void WriteField(Utf8JsonWriter writer, FieldDescriptor field, object value)
    {
        if (field.IsMap)
            WriteMap(writer, field, (IDictionary)value);
        else if (field.IsRepeated)
            WriteList(writer, field, (IList)value);
        else
            WriteValue(writer, field, value);
    }

    private static void WriteMap(Utf8JsonWriter writer, FieldDescriptor field, IDictionary map)
    {
        var valueField = field.MessageType.FindFieldByNumber(2);
        writer.WriteStartObject();
        foreach (var key in map.Keys.Cast<string>().Order(StringComparer.Ordinal))
        {
            writer.WritePropertyName(key);
            WriteValue(writer, valueField, map[key]!);
        }
        writer.WriteEndObject();
    }

    private static void WriteList(Utf8JsonWriter writer, FieldDescriptor field, IList list)
    {
        writer.WriteStartArray();
        foreach (var element in list)
            WriteValue(writer, field, element!);
        writer.WriteEndArray();
    }

    private static void WriteValue(Utf8JsonWriter writer, FieldDescriptor field, object value)
    {
        switch (value)
        {
            case string text:
                writer.WriteStringValue(text);
                break;
            case bool flag:
                writer.WriteBooleanValue(flag);
                break;
            case int number:
                writer.WriteNumberValue(number);
                break;
            case long number:
                writer.WriteNumberValue(number);
                break;
            case Timestamp time:
                writer.WriteStringValue(time.ToDateTimeOffset().UtcDateTime);
                break;
            case Duration duration:
                writer.WriteNumberValue(duration.ToTimeSpan().TotalSeconds);
                break;
            case IMessage message:
                Write(writer, message);
                break;
            default:
                writer.WriteStringValue(ProtoNames.Of(field.EnumType.FindValueByNumber((int)value)));
                break;
        }
    }
}
