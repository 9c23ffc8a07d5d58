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

    /// <summary>Reads them from the instance's configuration volume. Throws <see cref="EngineConfigurationException"/>.</summary>
    public static async Task<EngineCredentials> ReadAsync(LocalInstances instances, LocalInstance instance, CancellationToken cancellationToken)
    {
        var authority = await ReadAsync(instances, instance, ConfigPaths.CaCertificate, cancellationToken);
        var certificate = await ReadAsync(instances, instance, ConfigPaths.ClientCertificate, cancellationToken);
        var key = await ReadAsync(instances, instance, ConfigPaths.ClientKey, cancellationToken);
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

    private static async Task<string> ReadAsync(LocalInstances instances, LocalInstance instance, string path, CancellationToken cancellationToken)
    {
        try
        {
            return Encoding.ASCII.GetString(await instances.ReadConfigFileAsync(instance, path, cancellationToken));
        }
        catch (FileNotFoundException)
        {
            throw new EngineConfigurationException($"{path} is missing on the configuration volume");
        }
        catch (InvalidDataException exception)
        {
            throw new EngineConfigurationException($"the configuration volume is not as it was written: {exception.Message}");
        }
    }
}
