namespace Agents.EndToEnd.Tests;

/// <summary>Where things are in the working tree.</summary>
internal static class Repository
{
    /// <summary>The root: where Agents.sln is.</summary>
    public static string Root { get; } = Find();

    private static string Find()
    {
        for (var directory = new DirectoryInfo(AppContext.BaseDirectory); directory is not null; directory = directory.Parent)
        {
            if (File.Exists(Path.Combine(directory.FullName, "Agents.sln")))
                return directory.FullName;
        }

        throw new InvalidOperationException("the tests run outside of the working tree");
    }
}
