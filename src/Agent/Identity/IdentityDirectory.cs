using System.Globalization;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Text.Json;

namespace Agents.Agent.Identity;

/// <summary>
/// The identity on disk: <c>host.key</c>, which is written before the first request and never leaves the host, <c>enroll-request-id</c>, and <c>identity.json</c> once a controller
/// answered. Each renewal has a key of its own, <c>host-2.key</c> and so on, written before it is asked for; the identity says which is in use. Every file appears whole, synchronised and 0600, so a kill at any moment leaves the state before or after a step; a lost answer is asked for again with the
/// same id and key.
/// </summary>
internal sealed class IdentityDirectory(string path)
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    private string RequestIdPath => Path.Combine(path, "enroll-request-id");

    private string IdentityPath => Path.Combine(path, "identity.json");

    /// <summary>What a controller answered last; null when this host has not enrolled yet.</summary>
    public IdentityRecord? LoadRecord() => File.Exists(IdentityPath) ? JsonSerializer.Deserialize(File.ReadAllBytes(IdentityPath), IdentityJson.Default.IdentityRecord) : null;

    /// <summary>Whether this host has enrolled.</summary>
    public bool Exists => File.Exists(IdentityPath);

    /// <summary>The identity; null when this host has not enrolled yet. Throws <see cref="InvalidDataException"/> for files that belong not together.</summary>
    public AgentIdentity? Load()
    {
        try
        {
            return LoadRecord() is { } record ? Read(record) : null;
        }
        catch (Exception exception) when (exception is JsonException or CryptographicException or ArgumentException or FileNotFoundException)
        {
            throw new InvalidDataException($"the identity in {path} cannot be read ({exception.Message}): restore it, or remove the directory and enrol again", exception);
        }
    }

    /// <summary>One of the host's keys, by its number; made on the first call.</summary>
    public ECDsa LoadOrCreateKey(int number = 1)
    {
        if (!File.Exists(KeyPath(number)))
        {
            using var created = ECDsa.Create(ECCurve.NamedCurves.nistP256);
            Write(KeyPath(number), created.ExportPkcs8PrivateKeyPem());
        }

        return ReadKey(number);
    }

    /// <summary>The id under which this host asks to enrol, until it is answered; made on the first call.</summary>
    public string LoadOrCreateRequestId()
    {
        if (!File.Exists(RequestIdPath))
            Write(RequestIdPath, Guid.NewGuid().ToString("D"));
        return File.ReadAllText(RequestIdPath).Trim();
    }

    /// <summary>Keeps what a controller answered, and forgets older keys. Durable when it returns. Throws, and keeps what there was, when the record is not of its key.</summary>
    public AgentIdentity Save(IdentityRecord record)
    {
        var identity = Read(record);
        Write(IdentityPath, JsonSerializer.Serialize(record, IdentityJson.Default.IdentityRecord));
        for (var older = record.KeyNumber - 1; older > 0 && File.Exists(KeyPath(older)); older--)
            File.Delete(KeyPath(older));
        return identity;
    }

    private string KeyPath(int number) => Path.Combine(path, number == 1 ? "host.key" : string.Create(CultureInfo.InvariantCulture, $"host-{number}.key"));

    private AgentIdentity Read(IdentityRecord record)
    {
        using var key = ReadKey(record.KeyNumber);
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

    private ECDsa ReadKey(int number)
    {
        var key = ECDsa.Create();
        key.ImportFromPem(File.ReadAllText(KeyPath(number)));
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
