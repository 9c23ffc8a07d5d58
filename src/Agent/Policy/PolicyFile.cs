using System.Text.Json;
using Agents.Protocol.Configuration;

namespace Agents.Agent.Policy;

/// <summary>Reads the host's policy. A file that is there and wrong stops the agent: it must not run with another policy than the administrator meant.</summary>
internal static class PolicyFile
{
    /// <summary>The policy of a file, or the built-in one when the file does not exist. Throws <see cref="ConfigurationException"/>.</summary>
    public static HostPolicy Load(string path)
    {
        try
        {
            if ((File.GetUnixFileMode(path) & (UnixFileMode.GroupWrite | UnixFileMode.OtherWrite)) != 0)
                throw new ConfigurationException($"The policy file {path} cannot be used: others may write to it (chmod 644 {path}).");
            var policy = JsonSerializer.Deserialize(File.ReadAllBytes(path), PolicyJson.Default.HostPolicy)
                ?? throw new ConfigurationException($"The policy file {path} holds nothing.");
            return policy.FindError() is { } error ? throw new ConfigurationException($"The policy file {path} cannot be used: {error}.") : policy;
        }
        catch (Exception exception) when (exception is FileNotFoundException or DirectoryNotFoundException)
        {
            return new HostPolicy();
        }
        catch (Exception exception) when (exception is JsonException or IOException or UnauthorizedAccessException)
        {
            throw new ConfigurationException($"The policy file {path} cannot be used: {exception.Message}");
        }
    }
}
