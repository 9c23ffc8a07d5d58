using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using System.Text.Json;
using System.Xml.Linq;
using Agents.Architecture.Tests.Sources;

namespace Agents.Architecture.Tests.Projects;

/// <summary>
/// A package that a project refers to is used there: the built assembly refers to one of the package's assemblies or, where the package has none of its own, to one of those that it brings.
/// What works without that (generators, analyzers, the test runner) stands in a short list with its reason.
/// </summary>
internal static class PackageRule
{
    /// <summary>Packages of which no code of ours names a type, and why they are there.</summary>
    public static IReadOnlyDictionary<string, string> UsedOtherwise { get; } = new Dictionary<string, string>
    {
        ["Grpc.Tools"] = "generates the contracts",
        ["Microsoft.CodeAnalysis.BannedApiAnalyzers"] = "holds Domain to its banned symbols",
        ["Microsoft.NET.Test.Sdk"] = "makes an assembly one that tests run from",
        ["xunit.runner.visualstudio"] = "runs the tests",
        ["coverlet.collector"] = "counts covered lines",
    };

    /// <summary>Packages that no line of a project needs. The project is built: its package graph and its assembly are read from <c>artifacts</c>.</summary>
    public static IEnumerable<string> Unused(string project)
    {
        var name = Path.GetFileNameWithoutExtension(project);
        using var assets = JsonDocument.Parse(Repository.Read($"artifacts/obj/{name}/project.assets.json"));
        return [.. Unused(project, References(Repository.Read(project)), assets.RootElement, UsedAssemblies(name))];
    }

    /// <summary>The same, of a project whose parts are given.</summary>
    public static IEnumerable<string> Unused(string project, IEnumerable<string> references, JsonElement assets, IReadOnlySet<string> used) => references
        .Where(package => !UsedOtherwise.ContainsKey(package) && !Assemblies(assets, package).Any(used.Contains))
        .Select(package => $"{project} refers to {package} and uses nothing of it");

    /// <summary>Versions in the central list that no project refers to.</summary>
    public static IEnumerable<string> Unreferenced(string versions, IEnumerable<string> projects)
    {
        var referenced = projects.SelectMany(References).ToHashSet();
        return Includes(versions, "PackageVersion").Where(package => !referenced.Contains(package)).Select(package => $"Directory.Packages.props lists {package}, and no project refers to it");
    }

    private static IEnumerable<string> References(string project) => Includes(project, "PackageReference");

    private static IEnumerable<string> Includes(string xml, string element) => XDocument.Parse(xml).Descendants(element).Select(item => item.Attribute("Include")!.Value);

    /// <summary>What a package gives to compile against; a package without assemblies of its own is what it brings.</summary>
    private static IEnumerable<string> Assemblies(JsonElement assets, string package)
    {
        var library = assets.GetProperty("targets").GetProperty("net10.0").EnumerateObject().Single(entry => entry.Name.StartsWith($"{package}/", StringComparison.OrdinalIgnoreCase)).Value;
        var own = Names(library, "compile").Where(path => path.EndsWith(".dll", StringComparison.Ordinal)).Select(path => Path.GetFileNameWithoutExtension(path)).ToList();
        return own.Count > 0 ? own : Names(library, "dependencies").SelectMany(dependency => Assemblies(assets, dependency));
    }

    private static IEnumerable<string> Names(JsonElement library, string part) => library.TryGetProperty(part, out var entries) ? entries.EnumerateObject().Select(entry => entry.Name) : [];

    private static HashSet<string> UsedAssemblies(string project)
    {
        using var file = File.OpenRead(BuiltAssembly(project));
        using var image = new PEReader(file);
        var metadata = image.GetMetadataReader();
        return [.. metadata.AssemblyReferences.Select(handle => metadata.GetString(metadata.GetAssemblyReference(handle).Name))];
    }

    /// <summary>As the compiler wrote it, in the same configuration as these tests.</summary>
    private static string BuiltAssembly(string project)
    {
        var folder = Path.Combine(Repository.Root, "artifacts/obj", project, Path.GetFileName(AppContext.BaseDirectory.TrimEnd('/')));
        return Directory.EnumerateFiles(folder, "*.dll").Single();
    }
}
