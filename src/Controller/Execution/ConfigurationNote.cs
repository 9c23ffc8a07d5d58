using Agents.Controller.Stores;
using Agents.Domain.Model;

namespace Agents.Controller.Execution;

/// <summary>Notes in the store which configuration is in force: what an agent says is compared with that. Noting twice is noting once.</summary>
internal sealed class ConfigurationNote(IStore store)
{
    /// <summary>Notes hashes; an empty one while a configuration is being put into force. An instance that was removed meanwhile stays removed.</summary>
    public async Task WriteAsync(IReadOnlyCollection<(Instance Instance, string ConfigHash)> configured, CancellationToken cancellationToken)
    {
        if (configured.All(pair => pair.Instance.ConfigHash == pair.ConfigHash))
            return;
        var hashes = configured.ToDictionary(pair => pair.Instance.Id, pair => pair.ConfigHash);
        await store.WriteAsync(
            writer =>
            {
                foreach (var instance in configured.Select(pair => pair.Instance.Owner).Distinct().SelectMany(writer.ListInstances))
                {
                    if (hashes.TryGetValue(instance.Id, out var hash) && instance.ConfigHash != hash)
                        writer.UpdateInstance(instance with { ConfigHash = hash });
                }

                return true;
            },
            cancellationToken);
    }
}
