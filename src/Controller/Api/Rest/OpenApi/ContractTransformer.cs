using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace Agents.Controller.Api.Rest.OpenApi;

/// <summary>Describes each endpoint in the OpenAPI document as its <see cref="RestContract"/> says.</summary>
internal sealed class ContractTransformer : IOpenApiOperationTransformer
{
    private const string Json = "application/json";
    private const string ProblemJson = "application/problem+json";

    /// <inheritdoc/>
    public Task TransformAsync(OpenApiOperation operation, OpenApiOperationTransformerContext context, CancellationToken cancellationToken)
    {
        var contract = context.Description.ActionDescriptor.EndpointMetadata.OfType<RestContract>().Single();
        var schemas = new ProtoSchemas(context.Document!);
        operation.OperationId = contract.OperationId;
        operation.Summary = contract.Summary;
        operation.Tags = new HashSet<OpenApiTagReference>();
        operation.Description = contract.Role is { } role ? $"Least role: {role.ToString().ToLowerInvariant()}." : "Needs no token.";
        operation.Parameters = [.. (operation.Parameters ?? []).Where(parameter => parameter.In == ParameterLocation.Path), .. ParametersOf(contract)];
        AddPathParameter(operation, context.Description.RelativePath ?? "");
        operation.RequestBody = contract.Body is { } body
            ? new OpenApiRequestBody { Required = true, Content = new Dictionary<string, OpenApiMediaType> { [Json] = new() { Schema = schemas.Of(body, contract.BodyFields) } } }
            : null;
        operation.Responses = ResponsesOf(contract, schemas, context.Document!);
        return Task.CompletedTask;
    }

    private static void AddPathParameter(OpenApiOperation operation, string path)
    {
        if (path.Contains("{id}", StringComparison.Ordinal) && !operation.Parameters!.Any(parameter => parameter.Name == "id"))
            operation.Parameters!.Insert(0, Parameter("id", ParameterLocation.Path, JsonSchemaType.String));
    }

    private static IEnumerable<OpenApiParameter> ParametersOf(RestContract contract)
    {
        foreach (var name in contract.Query)
            yield return Parameter(name, ParameterLocation.Query, TypeOf(name));
        if (contract.IsIdempotent)
            yield return Parameter("Idempotency-Key", ParameterLocation.Header, JsonSchemaType.String);
        if (contract.IsConditional || contract.NeedsEtag)
            yield return Parameter("If-Match", ParameterLocation.Header, JsonSchemaType.String, contract.NeedsEtag);
        if (contract.IsStream)
            yield return Parameter("Last-Event-ID", ParameterLocation.Header, JsonSchemaType.String);
        if (contract.Status == StatusCodes.Status202Accepted)
            yield return Parameter("Prefer", ParameterLocation.Header, JsonSchemaType.String);
    }

    private static JsonSchemaType TypeOf(string name) => name switch
    {
        "page_size" => JsonSchemaType.Integer,
        "validate_only" or "purge" => JsonSchemaType.Boolean,
        _ => JsonSchemaType.String,
    };

    private static OpenApiParameter Parameter(string name, ParameterLocation location, JsonSchemaType type, bool isRequired = false) =>
        new() { Name = name, In = location, Required = isRequired || location == ParameterLocation.Path, Schema = new OpenApiSchema { Type = type } };

    private static OpenApiResponses ResponsesOf(RestContract contract, ProtoSchemas schemas, OpenApiDocument document)
    {
        var success = new OpenApiResponse { Description = "Success." };
        if (contract.Answer is { } answer)
            success.Content = new Dictionary<string, OpenApiMediaType> { [contract.IsStream ? "text/event-stream" : Json] = new() { Schema = schemas.Of(answer) } };
        var problem = new OpenApiResponse
        {
            Description = "A problem (RFC 9457) with a reason for programs.",
            Content = new Dictionary<string, OpenApiMediaType> { [ProblemJson] = new() { Schema = ProblemSchema.In(document) } },
        };
        var responses = new OpenApiResponses { [CodeOf(contract.Status)] = success };
        if (contract.Status == StatusCodes.Status202Accepted)
            responses[CodeOf(StatusCodes.Status200OK)] = new OpenApiResponse { Description = AtOnce(contract), Content = success.Content };
        if (contract.IsStream)
            responses[CodeOf(StatusCodes.Status204NoContent)] = new OpenApiResponse { Description = "The client has seen the end." };
        responses["default"] = problem;
        return responses;
    }

    private static string AtOnce(RestContract contract) =>
        (contract.Query.Contains("validate_only") ? "Only the plan was asked for, or the" : "The") + " operation has ended while the client waited, well or not.";

    private static string CodeOf(int status) => status.ToString(System.Globalization.CultureInfo.InvariantCulture);
}
