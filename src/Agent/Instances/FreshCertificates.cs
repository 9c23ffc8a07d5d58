using System.Collections.Concurrent;
using System.Collections.Immutable;
using Agents.Words;

namespace Agents.Agent.Instances;

/// <summary>
/// The clients' certificates that this process has just written into configuration volumes, until they are used for the first time: to read them from there costs the Docker Engine the start of a process. From
/// then on the volume alone counts. Their content is a secret and is never logged. Safe for concurrent use.
/// </summary>
internal sealed class FreshCertificates
{
    private static readonly ImmutableArray<string> _names = [ConfigPaths.CaCertificate, ConfigPaths.ClientCertificate, ConfigPaths.ClientKey];

    private readonly ConcurrentDictionary<string, (string Hash, ImmutableDictionary<string, byte[]> Files)> _fresh = new(StringComparer.Ordinal);

    /// <summary>Keeps none of an instance that the table forgets.</summary>
    public FreshCertificates(InstanceTable table) => table.Changed += (instanceId, record) =>
    {
        if (record is null)
            _fresh.TryRemove(instanceId, out _);
    };

    /// <summary>A configuration was written to its end. Where it has no client's certificate nothing of it is kept.</summary>
    public void Note(string instanceId, string hash, IEnumerable<KeyValuePair<string, ReadOnlyMemory<byte>>> files)
    {
        var wanted = files.Where(file => _names.Contains(file.Key)).ToImmutableDictionary(file => file.Key, file => file.Value.ToArray(), StringComparer.Ordinal);
        if (hash.Length > 0 && wanted.Count == _names.Length)
            _fresh[instanceId] = (hash, wanted);
        else
            _fresh.TryRemove(instanceId, out _);
    }

    /// <summary>Those of the configuration with this hash, once; null where they were used already, or were not written by this process.</summary>
    public IReadOnlyDictionary<string, byte[]>? Take(string instanceId, string hash) =>
        _fresh.TryRemove(instanceId, out var fresh) && fresh.Hash == hash ? fresh.Files : null;
}
