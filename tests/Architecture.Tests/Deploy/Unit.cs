namespace Agents.Architecture.Tests.Deploy;

/// <summary>A unit of the service manager: what its sections say. A key that is given twice has both values.</summary>
internal sealed class Unit
{
    private readonly ILookup<string, string> _values;

    /// <summary>Reads a unit; a line that is neither a section, a comment nor a key is an error.</summary>
    public Unit(string text)
    {
        var section = "";
        var values = new List<(string Key, string Value)>();
        foreach (var line in text.Split('\n').Select(line => line.Trim()).Where(line => line.Length > 0 && line[0] != '#'))
        {
            if (line[0] == '[')
                section = line.Trim('[', ']');
            else if (line.Split('=', 2) is [var key, var value])
                values.Add(($"{section}.{key}", value));
            else
                throw new FormatException($"a unit does not say: {line}");
        }

        _values = values.ToLookup(pair => pair.Key, pair => pair.Value);
    }

    /// <summary>All words of a key, as <c>Service.Restart</c>.</summary>
    public IReadOnlyList<string> Words(string key) => [.. _values[key].SelectMany(value => value.Split(' ', StringSplitOptions.RemoveEmptyEntries))];
}
