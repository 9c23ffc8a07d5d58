using Agents.Architecture.Tests.Sources;
using Agents.Testing;
using Agents.Testing.Requirements;

namespace Agents.Architecture.Tests.Protos;

/// <summary>The protos' style, and that they still understand every released version of themselves.</summary>
public sealed class BufTests
{
    /// <summary>Names and comments are as buf's STANDARD and COMMENTS want them.</summary>
    [Requires(Requirement.Buf)]
    public async Task Lint_Repository_IsClean() => Assert.Equal((0, ""), await Buf.RunAsync(Buf.Protos, "lint"));

    /// <summary>A proto without comments is found.</summary>
    [Requires(Requirement.Buf)]
    public async Task Lint_Planted_Fails()
    {
        using var copy = new TemporaryDirectory();
        File.Copy(Path.Combine(Buf.Protos, "buf.yaml"), Path.Combine(copy.Path, "buf.yaml"));
        await File.WriteAllTextAsync(Path.Combine(copy.Path, "planted.proto"), "syntax = \"proto3\";\npackage planted.v1;\nmessage lower { string a = 1; }\n");

        var (exitCode, output) = await Buf.RunAsync(copy.Path, "lint");

        Assert.NotEqual(0, exitCode);
        Assert.Contains("lower", output, StringComparison.Ordinal);
    }

    /// <summary>Nothing that a release had is removed or renumbered. The descriptor sets of releases are in <c>released/</c>.</summary>
    [Requires(Requirement.Buf)]
    public async Task Breaking_EveryRelease_IsUnderstood()
    {
        using var folder = new TemporaryDirectory();
        // What is here now is compared, too: before the first release there is no other to show that the comparison works.
        var now = Path.Combine(folder.Path, "now.binpb");
        Assert.Equal((0, ""), await Buf.RunAsync(Buf.Protos, "build", "--output", now));

        foreach (var release in Repository.Files(".binpb").Where(path => path.StartsWith("tests/Architecture.Tests/released/", StringComparison.Ordinal))
            .Select(path => Path.Combine(Repository.Root, path)).Append(now))
            Assert.Equal((0, ""), await Buf.RunAsync(Buf.Protos, "breaking", "--against", release));
    }

    /// <summary>A field that is gone is found.</summary>
    [Requires(Requirement.Buf)]
    public async Task Breaking_Planted_Fails()
    {
        using var folder = new TemporaryDirectory();
        var before = Path.Combine(folder.Path, "before.binpb");
        var proto = Path.Combine(folder.Path, "planted.proto");
        File.Copy(Path.Combine(Buf.Protos, "buf.yaml"), Path.Combine(folder.Path, "buf.yaml"));
        await File.WriteAllTextAsync(proto, "syntax = \"proto3\";\npackage planted.v1;\nmessage Planted { string a = 1; string b = 2; }\n");
        Assert.Equal((0, ""), await Buf.RunAsync(folder.Path, "build", "--output", before));
        await File.WriteAllTextAsync(proto, "syntax = \"proto3\";\npackage planted.v1;\nmessage Planted { string a = 1; }\n");

        var (exitCode, output) = await Buf.RunAsync(folder.Path, "breaking", "--against", before);

        Assert.NotEqual(0, exitCode);
        Assert.Contains("\"2\"", output, StringComparison.Ordinal);
    }
}
