using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Text.Json;

namespace Agents.Agent.Identity;

/// <summary>
/// The identity on disk: <c>host.key</c>, which is written before the first request and never leaves the host, <c>enroll-request-id</c>, and <c>identity.json</c> once a controller
/// answered. Every file appears whole, synchronised and 0600, so a kill at any moment leaves the state before or after a step; a lost answer is asked for again with the
/// same id and key.
/// </summary>
internal sealed class IdentityDirectory(string path)
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    private string KeyPath => Path.Combine(path, "host.key");

    private string RequestIdPath => Path.Combine(path, "enroll-request-id");

    private string IdentityPath => Path.Combine(path, "identity.json");

    /// <summary>The identity; null when this host has not enrolled yet. Throws <see cref="InvalidDataException"/> for files that belong not together.</summary>
    public AgentIdentity? Load()
    {
        if (!File.Exists(IdentityPath))
            return null;
        try
        {
            var record = JsonSerializer.Deserialize(File.ReadAllBytes(IdentityPath), IdentityJson.Default.IdentityRecord)!;
            using var key = ReadKey();
            using var certificate = X509Certificate2.CreateFromPem(record.CertificatePem);
            var trusted = new X509Certificate2Collection();
            trusted.ImportFromPem(record.TrustBundlePem);
            return new AgentIdentity
            {
                HostId = record.HostId,
                Project = record.Project,
                ControllerId = record.ControllerId,
                Certificate = certificate.CopyWithPrivateKey(key),
                Trusted = trusted,
            };
        }
        catch (Exception exception) when (exception is JsonException or CryptographicException or ArgumentException or FileNotFoundException)
        {
            throw new InvalidDataException($"the identity in {path} cannot be read ({exception.Message}): restore it, or remove the directory and enrol again", exception);
        }
    }

    /// <summary>The host's key; made on the first call.</summary>
    public ECDsa LoadOrCreateKey()
    {
        if (!File.Exists(KeyPath))
        {
            using var created = ECDsa.Create(ECCurve.NamedCurves.nistP256);
            Write(KeyPath, created.ExportPkcs8PrivateKeyPem());
        }

        return ReadKey();
    }

    /// <summary>The id under which this host asks to enrol, until it is answered; made on the first call.</summary>
    public string LoadOrCreateRequestId()
    {
        if (!File.Exists(RequestIdPath))
            Write(RequestIdPath, Guid.NewGuid().ToString("D"));
        return File.ReadAllText(RequestIdPath).Trim();
    }

    /// <summary>Keeps what a controller answered. Durable when it returns.</summary>
    public void Save(IdentityRecord record) => Write(IdentityPath, JsonSerializer.Serialize(record, IdentityJson.Default.IdentityRecord));

    private ECDsa ReadKey()
    {
        var key = ECDsa.Create();
        key.ImportFromPem(File.ReadAllText(KeyPath));
        return key;
    }

    private void Write(string file, string text)
    {
        Directory.CreateDirectory(path, OwnerOnly | UnixFileMode.UserExecute);
        var part = $"{file}.part";
        File.Delete(part); // Its mode could be another's choice.
        using (var stream = new FileStream(part, new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, UnixCreateMode = OwnerOnly }))
        {
            stream.Write(Encoding.UTF8.GetBytes(text));
            stream.Flush(flushToDisk: true);
        }

        File.Move(part, file, overwrite: true);
        DirectorySync.Flush(path);
    }
}
