using System.Net;
using Microsoft.Extensions.Options;

namespace Agents.Controller.Api;

/// <summary>Checks <see cref="ApiOptions"/> at start.</summary>
internal sealed class ApiOptionsValidator : IValidateOptions<ApiOptions>
{
    /// <inheritdoc/>
    public ValidateOptionsResult Validate(string? name, ApiOptions options)
    {
        var failures = new[] { ("api.rest", options.Rest), ("api.grpc", options.Grpc) }
            .Where(address => !IPEndPoint.TryParse(address.Item2, out _))
            .Select(address => $"{address.Item1}: use an IP address and a port, as 127.0.0.1:8080, not \"{address.Item2}\"")
            .ToList();
        return failures.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(failures);
    }
}
