using System.Buffers.Text;
using System.Collections.Immutable;
using System.Security.Cryptography;
using Agents.Controller.Secrets;
using Agents.Controller.Stores;
using Agents.Domain.Engines;
using Agents.Domain.Model;

namespace Agents.Controller.Execution;

/// <summary>
/// Makes the secrets of clusters and gives them back. They are sealed and durable before anything is configured with them, and what is there already is never made anew:
/// so a create that was stopped goes on with the same.
/// </summary>
internal sealed class ClusterVault(IStore store, ISecretBox box, TimeProvider timeProvider)
{
    private const string Authority = "cluster-ca";
    private const string Replication = "replicator";
    private const string Rewind = "rewind";
    private const string Statistics = "statistics";
    private const string TlsSeparator = "\n---\n";

    /// <summary>Makes what is missing of a cluster's secrets.</summary>
    public Task PrepareAsync(Cluster cluster, IReadOnlyList<Instance> instances, CancellationToken cancellationToken) =>
        store.WriteAsync(
            writer =>
            {
                var known = writer.ListCredentials(cluster.Id).ToDictionary(credential => credential.Role, StringComparer.Ordinal);
                var authority = Ensure(writer, known, cluster.Id, Authority, () => ClusterCertificates.CreateAuthority(cluster.Id, timeProvider.GetUtcNow()));
                foreach (var role in new[] { Replication, Rewind, Statistics, cluster.Effective.Owner })
                    Ensure(writer, known, cluster.Id, role, NewPassword);
                foreach (var instance in instances)
                    Ensure(writer, known, cluster.Id, TlsRole(instance.Id), () => Join(ClusterCertificates.Issue(authority, instance, timeProvider.GetUtcNow())));
                return true;
            },
            cancellationToken);

    /// <summary>The secrets of a cluster, in plain text. Throws when they were not prepared.</summary>
    public async Task<ClusterSecrets> OpenAsync(ClusterId cluster, IReadOnlyList<Instance> instances, CancellationToken cancellationToken)
    {
        var credentials = await store.ReadAsync(reader => reader.ListCredentials(cluster).ToDictionary(credential => credential.Role, StringComparer.Ordinal), cancellationToken);
        string Secret(string role) => CredentialSeal.Open(box, credentials[role]);
        return new ClusterSecrets
        {
            CaCertificate = ClusterCertificates.CertificateOf(Secret(Authority)),
            Tls = instances.ToImmutableDictionary(instance => instance.Id, instance => Split(Secret(TlsRole(instance.Id)))),
            ReplicationPassword = Secret(Replication),
            RewindPassword = Secret(Rewind),
            StatisticsPassword = Secret(Statistics),
        };
    }

    /// <summary>The password of the application's role.</summary>
    public async Task<string> OwnerPasswordAsync(Cluster cluster, CancellationToken cancellationToken)
    {
        var credential = await store.ReadAsync(reader => reader.FindCredential(cluster.Id, cluster.Effective.Owner), cancellationToken);
        return CredentialSeal.Open(box, Invariant.NotNull(credential, "the credentials of a cluster are prepared before they are used"));
    }

    private string Ensure(IStoreWriter writer, Dictionary<string, Credential> known, ClusterId cluster, string role, Func<string> make)
    {
        if (known.TryGetValue(role, out var credential))
            return CredentialSeal.Open(box, credential);
        var secret = make();
        writer.AddCredential(CredentialSeal.Seal(box, cluster, role, 1, secret, timeProvider.GetUtcNow()));
        return secret;
    }

    private static string NewPassword() => Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32));

    private static string TlsRole(InstanceId instance) => $"tls/{instance}";

    private static string Join(InstanceTls tls) => string.Join(TlsSeparator, tls.ServerCertificate, tls.ServerKey, tls.ClientCertificate, tls.ClientKey);

    private static InstanceTls Split(string text)
    {
        var parts = text.Split(TlsSeparator);
        return new InstanceTls(parts[0], parts[1], parts[2], parts[3]);
    }
}
