namespace Agents.Architecture.Tests.Sources;

/// <summary>The repository's own files, found from where the tests run.</summary>
internal static class Repository
{
    private static readonly string[] Ignored = ["artifacts", ".git", "obj", "bin", "out", "TestResults", ".vs", ".idea"];
    private static readonly Lazy<IReadOnlyList<SourceFile>> AllCode = new(() => [.. Files(".cs").Select(path => new SourceFile(path, Read(path)))]);

    /// <summary>The folder of the solution.</summary>
    public static string Root { get; } = FindRoot(AppContext.BaseDirectory);

    /// <summary>All C# files.</summary>
    public static IReadOnlyList<SourceFile> Code => AllCode.Value;

    /// <summary>The C# files of the product.</summary>
    public static IEnumerable<SourceFile> ProductCode => Code.Where(file => file.Path.StartsWith("src/", StringComparison.Ordinal));

    /// <summary>Paths of files, relative to the root, whose name ends so.</summary>
    public static IEnumerable<string> Files(string ending = "") =>
        Walk(Root).Select(path => Path.GetRelativePath(Root, path))
        .Where(path => path != ".git" && path.EndsWith(ending, StringComparison.Ordinal)).Order(StringComparer.Ordinal);

    /// <summary>The text of a file, by its path from the root.</summary>
    public static string Read(string path) => File.ReadAllText(Path.Combine(Root, path));

    private static IEnumerable<string> Walk(string folder) => Directory.EnumerateFiles(folder).Concat(
        Directory.EnumerateDirectories(folder).Where(child => !Ignored.Contains(Path.GetFileName(child))).SelectMany(Walk));

    private static string FindRoot(string folder) =>
        File.Exists(Path.Combine(folder, "Agents.sln")) ? folder : FindRoot(Path.GetDirectoryName(folder) ?? throw new InvalidOperationException("There is no Agents.sln above the tests."));
}
