using System.Net;
using Agents.Cli.Model;

namespace Agents.Cli.Api;

/// <summary>The server answered and refused, or failed.</summary>
internal sealed class ApiProblemException(HttpStatusCode status, Problem problem) : Exception(problem.Detail)
{
    /// <summary>The status.</summary>
    public HttpStatusCode Status { get; } = status;

    /// <summary>What the server says.</summary>
    public Problem Problem { get; } = problem;
}
