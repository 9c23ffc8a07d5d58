using System.Diagnostics;

namespace Agents.Testing.Engines;

/// <summary>The images of the engines, made where they are missing.</summary>
internal static class EngineImages
{
    /// <summary>PostgreSQL with Patroni.</summary>
    public const string Postgres = $"agents/postgres:{Version}";

    /// <summary>etcd.</summary>
    public const string Etcd = $"agents/etcd:{Version}";

    /// <summary>HAProxy.</summary>
    public const string Haproxy = $"agents/haproxy:{Version}";

    /// <summary>The version of the image set.</summary>
    public const string Version = "17-2";

    /// <summary>Makes sure that all are there.</summary>
    public static async Task EnsureAsync()
    {
        var there = (await DockerCommand.RunAsync("images", "--format", "{{.Repository}}:{{.Tag}}")).Split('\n');
        if (there.Contains(Postgres) && there.Contains(Etcd) && there.Contains(Haproxy))
            return;
        using var build = Process.Start(Path.Combine(RepositoryRoot(), "deploy/images/build"), ["--set", Version, "postgres", "etcd", "haproxy"]);
        await build.WaitForExitAsync();
        if (build.ExitCode != 0)
            throw new InvalidOperationException($"deploy/images/build ended with {build.ExitCode}");
    }

    private static string RepositoryRoot()
    {
        var directory = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(directory.FullName, "Agents.sln")))
            directory = directory.Parent ?? throw new InvalidOperationException("the tests do not run below the repository");
        return directory.FullName;
    }
}
