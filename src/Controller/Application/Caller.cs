using Agents.Controller.Stores;
using Agents.Domain.Model;

namespace Agents.Controller.Application;

/// <summary>Who calls, as authenticated: the principal, what it may do, and the one project that it is limited to.</summary>
/// <param name="Principal">The token's name.</param>
/// <param name="Role">What it may do.</param>
/// <param name="Project">The one project; all when null.</param>
/// <param name="SourceAddress">The address that it calls from.</param>
internal sealed record Caller(string Principal, UserRole Role, string? Project, string SourceAddress)
{
    /// <summary>The project of resources whose project was not said.</summary>
    public const string DefaultProject = "default";

    /// <summary>Who asks, for the record.</summary>
    public Origin OriginOf(string reason, string requestId) => new(Principal, SourceAddress, reason, requestId);

    /// <summary>The project that a request names, or the default one. Refused when the caller is limited to another.</summary>
    public string ProjectOf(string requested)
    {
        var project = requested.Length > 0 ? requested : Project ?? DefaultProject;
        return MaySee(project) ? project : throw Refusals.OtherProject(project, Project!);
    }

    /// <summary>The project to list, or null for all.</summary>
    public string? FilterOf(string requested) => requested.Length > 0 ? ProjectOf(requested) : Project;

    /// <summary>Whether the caller may see resources of a project.</summary>
    public bool MaySee(string project) => Project is null || Project == project;
}
