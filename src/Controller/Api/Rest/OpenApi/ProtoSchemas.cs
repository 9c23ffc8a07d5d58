using Agents.Controller.Api.Rest.Json;
using Google.Protobuf.Reflection;
using Google.Protobuf.WellKnownTypes;
using Microsoft.OpenApi;

namespace Agents.Controller.Api.Rest.OpenApi;

/// <summary>Makes the schemas of messages of the contract, one component for each, as <see cref="ProtoJsonWriter"/> writes them and <see cref="ProtoJsonReader"/> reads them.</summary>
internal sealed class ProtoSchemas(OpenApiDocument document)
{
    /// <summary>A reference to the schema of a message; the schema is added when it is not there yet.</summary>
    public IOpenApiSchema Of(MessageDescriptor message)
    {
        var schemas = (document.Components ??= new OpenApiComponents()).Schemas ??= new Dictionary<string, IOpenApiSchema>();
        if (!schemas.ContainsKey(message.Name))
        {
            schemas[message.Name] = new OpenApiSchema(); // Before its fields: messages may hold each other.
            schemas[message.Name] = Make(message, _ => true);
        }
        return new OpenApiSchemaReference(message.Name, document);
    }

    /// <summary>The schema of a body that may have some fields of a message.</summary>
    public OpenApiSchema Of(MessageDescriptor message, IReadOnlySet<string> fields) => Make(message, fields.Contains);

    private OpenApiSchema Make(MessageDescriptor message, Func<string, bool> isKnown)
    {
        var schema = new OpenApiSchema { Type = JsonSchemaType.Object, AdditionalPropertiesAllowed = false, Properties = new Dictionary<string, IOpenApiSchema>() };
        foreach (var field in message.Fields.InFieldNumberOrder().Where(field => isKnown(ProtoNames.Of(field))))
            schema.Properties[ProtoNames.Of(field)] = Of(field);
        return schema;
    }

    private IOpenApiSchema Of(FieldDescriptor field)
    {
        if (field.IsMap)
            return new OpenApiSchema { Type = JsonSchemaType.Object, AdditionalProperties = OfValue(field.MessageType.FindFieldByNumber(2)) };
        return field.IsRepeated ? new OpenApiSchema { Type = JsonSchemaType.Array, Items = OfValue(field) } : OfValue(field);
    }

    private IOpenApiSchema OfValue(FieldDescriptor field) => field.FieldType switch
    {
        FieldType.String => new OpenApiSchema { Type = JsonSchemaType.String },
        FieldType.Bool => new OpenApiSchema { Type = JsonSchemaType.Boolean },
        FieldType.Int32 => new OpenApiSchema { Type = JsonSchemaType.Integer, Format = "int32" },
        FieldType.Int64 => new OpenApiSchema { Type = JsonSchemaType.Integer, Format = "int64" },
        FieldType.Enum => new OpenApiSchema { Type = JsonSchemaType.String, Enum = [.. ProtoNames.WordsOf(field.EnumType).Select(word => (System.Text.Json.Nodes.JsonNode)word)] },
        _ when ProtoNames.IsMessage(field, Duration.Descriptor) => new OpenApiSchema { Type = JsonSchemaType.Number, Description = "seconds" },
        _ when ProtoNames.IsMessage(field, Timestamp.Descriptor) => new OpenApiSchema { Type = JsonSchemaType.String, Format = "date-time" },
        _ => Of(field.MessageType),
    };
}
