using System.Net;
using System.Text.Json;
using Agents.Cli.Model;

namespace Agents.Cli.Api;

/// <summary>Reads what the server says of a failure. What is no problem document, as of a proxy in between, becomes one.</summary>
internal static class ProblemReader
{
    /// <summary>The problem of an answer.</summary>
    public static Problem Read(HttpStatusCode status, byte[] body)
    {
        try
        {
            if (JsonSerializer.Deserialize(body, ModelJson.Default.Problem) is { Detail.Length: > 0 } problem)
                return problem;
        }
        catch (JsonException)
        {
            // Not JSON: said below.
        }
        return new Problem { Title = status.ToString(), Detail = Text.Invariant($"the server answered {(int)status} ({status}) without saying why: check --server") };
    }
}
