using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace Agents.Controller.Api.Rest.OpenApi;

/// <summary>Describes the document as a whole: what it is, and the token that every call needs. Says nothing of the address that it was asked at, so that it is always the same.</summary>
internal sealed class DocumentTransformer : IOpenApiDocumentTransformer
{
    private const string Scheme = "token";

    /// <inheritdoc/>
    public Task TransformAsync(OpenApiDocument document, OpenApiDocumentTransformerContext context, CancellationToken cancellationToken)
    {
        document.Info = new OpenApiInfo { Title = "Agents", Version = "v1", Description = "The control plane for PostgreSQL on plain Docker hosts." };
        document.Servers = [];
        document.Tags = new HashSet<OpenApiTag>();
        document.Components ??= new OpenApiComponents();
        document.Components.SecuritySchemes = new Dictionary<string, IOpenApiSecurityScheme>
        {
            [Scheme] = new OpenApiSecurityScheme { Type = SecuritySchemeType.Http, Scheme = "bearer" },
        };
        document.Security = [new OpenApiSecurityRequirement { [new OpenApiSecuritySchemeReference(Scheme, document)] = [] }];
        return Task.CompletedTask;
    }
}
