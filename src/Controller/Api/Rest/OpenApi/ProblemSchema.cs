using Microsoft.OpenApi;

namespace Agents.Controller.Api.Rest.OpenApi;

/// <summary>The schema of problems.</summary>
internal static class ProblemSchema
{
    private const string Name = "Problem";

    /// <summary>A reference to it; it is added when it is not there yet.</summary>
    public static OpenApiSchemaReference In(OpenApiDocument document)
    {
        var schemas = (document.Components ??= new OpenApiComponents()).Schemas ??= new Dictionary<string, IOpenApiSchema>();
        schemas.TryAdd(Name, Make());
        return new OpenApiSchemaReference(Name, document);
    }

    private static OpenApiSchema Make() => Object(
        ("type", Text()),
        ("title", Text()),
        ("status", new OpenApiSchema { Type = JsonSchemaType.Integer, Format = "int32" }),
        ("detail", Text()),
        ("reason", Text()),
        ("violations", new OpenApiSchema { Type = JsonSchemaType.Array, Items = Object(("path", Text()), ("message", Text())) }),
        ("metadata", new OpenApiSchema { Type = JsonSchemaType.Object, AdditionalProperties = Text() }),
        ("request_id", Text()));

    private static OpenApiSchema Text() => new() { Type = JsonSchemaType.String };

    private static OpenApiSchema Object(params ReadOnlySpan<(string Name, IOpenApiSchema Schema)> properties)
    {
        var schema = new OpenApiSchema { Type = JsonSchemaType.Object, Properties = new Dictionary<string, IOpenApiSchema>() };
        foreach (var (name, property) in properties)
            schema.Properties[name] = property;
        return schema;
    }
}
