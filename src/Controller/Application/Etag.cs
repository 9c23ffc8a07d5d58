using System.Globalization;

namespace Agents.Controller.Application;

/// <summary>The etag of a resource: its generation.</summary>
internal static class Etag
{
    /// <summary>The etag of a generation.</summary>
    public static string Of(long generation) => generation.ToString(CultureInfo.InvariantCulture);

    /// <summary>Refuses unless the asked etag is the resource's, or none was asked.</summary>
    public static void Require(string asked, long generation)
    {
        if (asked.Length > 0 && asked != Of(generation))
            throw Refusals.EtagMismatch(Of(generation));
    }
}
