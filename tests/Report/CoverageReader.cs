using System.Globalization;
using System.Text.Json;

namespace Agents.Report;

/// <summary>Reads the coverage that every test assembly measured and unites it: a line is covered when any test of any assembly reached it.</summary>
internal static class CoverageReader
{
    /// <summary>The coverage of each assembly, by name, from all <c>coverage.json</c> below the folder.</summary>
    public static IReadOnlyList<AssemblyCoverage> Read(string folder)
    {
        var lines = new SortedDictionary<string, Dictionary<(string File, int Line), bool>>(StringComparer.Ordinal);
        foreach (var file in Directory.EnumerateFiles(folder, "coverage.json", SearchOption.AllDirectories))
            Add(lines, file);

        return [.. lines.Select(assembly => new AssemblyCoverage(assembly.Key, assembly.Value.Count(line => line.Value), assembly.Value.Count))];
    }

    private static void Add(SortedDictionary<string, Dictionary<(string File, int Line), bool>> all, string path)
    {
        using var document = JsonDocument.Parse(File.ReadAllBytes(path));
        foreach (var module in document.RootElement.EnumerateObject())
        {
            var name = Path.GetFileNameWithoutExtension(module.Name);
            if (!all.TryGetValue(name, out var lines))
                all[name] = lines = [];
            foreach (var file in module.Value.EnumerateObject())
            {
                foreach (var (line, hits) in LinesOf(file.Value))
                    lines[(file.Name, line)] = hits > 0 || lines.GetValueOrDefault((file.Name, line));
            }
        }
    }

    private static IEnumerable<(int Line, int Hits)> LinesOf(JsonElement file) =>
        from type in file.EnumerateObject()
        from method in type.Value.EnumerateObject()
        from line in method.Value.GetProperty("Lines").EnumerateObject()
        select (int.Parse(line.Name, CultureInfo.InvariantCulture), line.Value.GetInt32());
}
