using System.Reflection;
using System.Text;

namespace Agents.Domain.Tests.Engines;

/// <summary>
/// Files that say what a released revision makes. They are compared byte by byte, and so is the list of them. With AGENTS_UPDATE_GOLDEN=1 they are written instead, which
/// is refused where CI=true: a released revision never changes there.
/// </summary>
internal static class GoldenFiles
{
    private const string UpdateVariable = "AGENTS_UPDATE_GOLDEN";

    /// <summary>Compares what was made with a folder of golden files, or writes the folder.</summary>
    /// <param name="folder">The folder, as "patroni-1/three-nodes".</param>
    /// <param name="files">Name and content of each file.</param>
    public static void Verify(string folder, IReadOnlyDictionary<string, string> files)
    {
        var directory = Path.Combine(Root(), folder);
        if (IsUpdate(Environment.GetEnvironmentVariable(UpdateVariable), Environment.GetEnvironmentVariable("CI")))
            Write(directory, files);
        var known = Directory.Exists(directory) ? Directory.EnumerateFiles(directory, "*", SearchOption.AllDirectories).Select(path => Path.GetRelativePath(directory, path)) : [];
        Assert.Equal(files.Keys.Order(StringComparer.Ordinal), known.Order(StringComparer.Ordinal));
        foreach (var (name, content) in files)
            Assert.Equal(File.ReadAllText(Path.Combine(directory, name)), content);
    }

    /// <summary>Whether golden files are to be written. Throws where that is asked for in CI.</summary>
    public static bool IsUpdate(string? update, string? ci)
    {
        if (string.IsNullOrEmpty(update))
            return false;
        return ci == "true" ? throw new InvalidOperationException($"golden files are not updated in CI: unset {UpdateVariable}") : true;
    }

    private static void Write(string directory, IReadOnlyDictionary<string, string> files)
    {
        if (Directory.Exists(directory))
            Directory.Delete(directory, recursive: true);
        foreach (var (name, content) in files)
        {
            var path = Path.Combine(directory, name);
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            File.WriteAllText(path, content, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false));
        }
    }

    private static string Root() => typeof(GoldenFiles).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(attribute => attribute.Key == "GoldenDirectory").Value!;
}
