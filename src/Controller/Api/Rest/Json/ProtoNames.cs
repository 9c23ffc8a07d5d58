using System.Text.Json;
using Google.Protobuf.Reflection;
using Google.Protobuf.WellKnownTypes;

namespace Agents.Controller.Api.Rest.Json;

/// <summary>
/// How the parts of the contract are called in JSON: fields by their names in the proto files, enumerations as lower-case words without their prefix, durations as seconds in a
/// field that says so.
/// </summary>
internal static class ProtoNames
{
    /// <summary>The name of a field.</summary>
    public static string Of(FieldDescriptor field) => IsMessage(field, Duration.Descriptor) ? field.Name + "_seconds" : field.Name;

    /// <summary>The word of a value: "succeeded" for OPERATION_STATE_SUCCEEDED. Empty for the value that says nothing.</summary>
    public static string Of(EnumValueDescriptor value)
    {
        if (value.Number == 0)
            return "";
        var prefix = JsonNamingPolicy.SnakeCaseUpper.ConvertName(value.EnumDescriptor.Name) + "_";
        return value.Name[prefix.Length..].ToLowerInvariant();
    }

    /// <summary>The words of an enumeration, without the one that says nothing.</summary>
    public static IEnumerable<string> WordsOf(EnumDescriptor descriptor) => descriptor.Values.Where(value => value.Number != 0).Select(Of);

    /// <summary>Whether a field holds a message of a kind.</summary>
    public static bool IsMessage(FieldDescriptor field, MessageDescriptor descriptor) => field.FieldType == FieldType.Message && field.MessageType == descriptor;
}
