using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Agents.Agent.Instances;
using Agents.Words;

namespace Agents.Agent.Engines;

/// <summary>What proves the agent to an engine, and the engine to the agent: the client's certificate and key, and the only authority that is trusted.</summary>
internal sealed class EngineCredentials : IDisposable
{
    private EngineCredentials(X509Certificate2 authority, X509Certificate2 client)
    {
        Authority = authority;
        Client = client;
    }

    /// <summary>The cluster's own authority.</summary>
    public X509Certificate2 Authority { get; }

    /// <summary>The client's certificate with its key.</summary>
    public X509Certificate2 Client { get; }

    /// <summary>Takes them as they were just written, or reads them from the instance's configuration volume. Throws <see cref="EngineConfigurationException"/>.</summary>
    public static async Task<EngineCredentials> ReadAsync(LocalInstances instances, FreshCertificates fresh, LocalInstance instance, CancellationToken cancellationToken)
    {
        var files = fresh.Take(instance.InstanceId, instance.ConfigHash) ?? await ReadFilesAsync(instances, instance, cancellationToken);
        var authority = Text(files, ConfigPaths.CaCertificate);
        var certificate = Text(files, ConfigPaths.ClientCertificate);
        var key = Text(files, ConfigPaths.ClientKey);
        try
        {
            return new EngineCredentials(X509Certificate2.CreateFromPem(authority), X509Certificate2.CreateFromPem(certificate, key));
        }
        catch (Exception exception) when (exception is CryptographicException or ArgumentException)
        {
            // Without the inner exception: what is wrong with a key is no one's business.
            throw new EngineConfigurationException("the certificates on the configuration volume cannot be used");
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Authority.Dispose();
        Client.Dispose();
    }

    private static string Text(IReadOnlyDictionary<string, byte[]> files, string name) => files.TryGetValue(name, out var content)
        ? Encoding.ASCII.GetString(content)
        : throw new EngineConfigurationException($"{name} is missing on the configuration volume, or is no plain file");

    private static async Task<IReadOnlyDictionary<string, byte[]>> ReadFilesAsync(LocalInstances instances, LocalInstance instance, CancellationToken cancellationToken)
    {
        try
        {
            return await instances.ReadConfigAsync(instance, cancellationToken);
        }
        catch (InvalidDataException exception)
        {
            throw new EngineConfigurationException($"the configuration volume is not as it was written: {exception.Message}");
        }
    }
}
