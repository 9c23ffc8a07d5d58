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
internal sealed class ClusterVault(IStore store, SecretBox box, TimeProvider timeProvider)
{
    private const string Servers = "cluster-ca";
    private const string Clients = "client-ca";
    private const string Peers = "peer-ca";
    private const string Statistics = "statistics";
    private const string TlsPrefix = "tls/";
    private const string TlsSeparator = "\n---\n";

    /// <summary>Makes what is missing of a cluster's secrets.</summary>
    public Task PrepareAsync(Cluster cluster, IReadOnlyList<Instance> instances, CancellationToken cancellationToken) =>
        store.WriteAsync(
            writer =>
            {
                var now = timeProvider.GetUtcNow();
                var known = writer.ListCredentials(cluster.Ref).ToDictionary(credential => credential.Role, StringComparer.Ordinal);
                string Kept(string role, Func<string> make) => Ensure(writer, known, cluster.Id, role, make);
                string Authority(string role, string purpose) => Kept(role, () => ClusterCertificates.CreateAuthority(cluster.Id, purpose, now));

                var authorities = new Authorities(Authority(Servers, "servers"), Authority(Clients, "clients"), Authority(Peers, "peers"));
                foreach (var role in new[] { InternalRoles.Replicator, InternalRoles.Rewind, Statistics, cluster.Effective.Owner })
                    Kept(role, NewPassword);
                foreach (var instance in instances)
                    Kept(TlsRole(instance.Id), () => Join(Issue(authorities, instance, NamesOf(writer, instance, instances), now)));
                return true;
            },
            cancellationToken);

    /// <summary>Whether anything was made for a cluster.</summary>
    public Task<bool> HasSecretsAsync(Cluster cluster, CancellationToken cancellationToken) => store.ReadAsync(reader => reader.ListCredentials(cluster.Ref).Count > 0, cancellationToken);

    /// <summary>The secrets of a cluster, in plain text. An instance that a cluster with secrets was found to have, and that has no certificate in this store, gets one. Throws when they were not prepared.</summary>
    public async Task<ClusterSecrets> OpenAsync(Cluster cluster, IReadOnlyList<Instance> instances, CancellationToken cancellationToken)
    {
        var credentials = await ListAsync(cluster, cancellationToken);
        if (new[] { Servers, Clients, Peers }.All(credentials.ContainsKey) && instances.Any(instance => !credentials.ContainsKey(TlsRole(instance.Id))))
        {
            await PrepareAsync(cluster, instances, cancellationToken);
            credentials = await ListAsync(cluster, cancellationToken);
        }

        string Secret(string role) => CredentialSeal.Open(box, credentials[role]);
        return new ClusterSecrets
        {
            ServerAuthority = ClusterCertificates.CertificateOf(Secret(Servers)),
            ClientAuthority = ClusterCertificates.CertificateOf(Secret(Clients)),
            PeerAuthority = ClusterCertificates.CertificateOf(Secret(Peers)),
            Tls = instances.ToImmutableDictionary(instance => instance.Id, instance => Split(Secret(TlsRole(instance.Id)))),
            ReplicationPassword = Secret(InternalRoles.Replicator),
            RewindPassword = Secret(InternalRoles.Rewind),
            StatisticsPassword = Secret(Statistics),
        };
    }

    private Task<Dictionary<string, Credential>> ListAsync(Cluster cluster, CancellationToken cancellationToken) =>
        store.ReadAsync(reader => reader.ListCredentials(cluster.Ref).ToDictionary(credential => credential.Role, StringComparer.Ordinal), cancellationToken);

    /// <summary>
    /// Removes what a cluster's instances had among themselves. It is made anew when the cluster comes back: what still runs on a host that was away then cannot take part in it.
    /// What users and data know stays: the servers' authority and the passwords.
    /// </summary>
    public static void RemoveInternal(IStoreWriter writer, ResourceRef owner)
    {
        foreach (var credential in writer.ListCredentials(owner).Where(credential => credential.Role is Clients or Peers || credential.Role.StartsWith(TlsPrefix, StringComparison.Ordinal)))
            writer.RemoveCredentials(owner, credential.Role);
    }

    /// <summary>Removes what one instance had, which is no more.</summary>
    public static void Remove(IStoreWriter writer, Instance instance) => writer.RemoveCredentials(instance.Owner, TlsRole(instance.Id));

    /// <summary>The password of the application's role.</summary>
    public async Task<string> OwnerPasswordAsync(Cluster cluster, CancellationToken cancellationToken)
    {
        var credential = await store.ReadAsync(reader => reader.FindCredential(cluster.Ref, cluster.Effective.Owner), cancellationToken);
        return CredentialSeal.Open(box, Invariant.NotNull(credential, "the credentials of a cluster are prepared before they are used"));
    }

    private string Ensure(IStoreWriter writer, Dictionary<string, Credential> known, ClusterId cluster, string role, Func<string> make)
    {
        if (known.TryGetValue(role, out var credential))
            return CredentialSeal.Open(box, credential);
        var secret = make();
        writer.AddCredential(CredentialSeal.Seal(box, ResourceRef.Of(cluster), role, 1, secret, timeProvider.GetUtcNow()));
        return secret;
    }

    private static InstanceTls Issue(Authorities authorities, Instance instance, ClusterCertificates.ServerNames names, DateTimeOffset now)
    {
        var server = ClusterCertificates.IssueServer(authorities.Servers, instance.Member, names, now);
        return new InstanceTls(
            server,
            instance.Profile.HoldsData ? ClusterCertificates.IssueClient(authorities.Clients, instance.Member, now) : null,
            instance.Profile.IsCoordinator ? ClusterCertificates.IssuePeer(authorities.Peers, instance.Member, names, now) : null);
    }

    /// <summary>What an instance is reached as. Who connects through a proxy speaks TLS with a node, and knows it by the proxy's addresses and names.</summary>
    private static ClusterCertificates.ServerNames NamesOf(IStoreReader reader, Instance instance, IReadOnlyList<Instance> instances)
    {
        var reached = instances.Where(other => instance.Profile.IsNode && other.Profile.IsEntrance).Prepend(instance).ToList();
        return new ClusterCertificates.ServerNames(
            // "localhost": a node's engine asks its own server where it stands, and takes no lead where it cannot.
            [.. reached.Select(other => other.Member), .. instance.Profile.IsNode ? ["localhost"] : Array.Empty<string>(), .. reached.Select(other => reader.FindHost(other.HostId)?.Name ?? "").Where(host => instances.All(other => other.Member != host))],
            [.. reached.SelectMany(other => new[] { other.ClusterAddress, other.ClientAddress })]);
    }

    private static string NewPassword() => Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32));

    private static string TlsRole(InstanceId instance) => $"{TlsPrefix}{instance}";

    private static string Join(InstanceTls tls) => string.Join(
        TlsSeparator, tls.Server.Certificate, tls.Server.Key, tls.Client?.Certificate, tls.Client?.Key, tls.Peer?.Certificate, tls.Peer?.Key);

    private static InstanceTls Split(string text)
    {
        var parts = text.Split(TlsSeparator);
        return new InstanceTls(new KeyPair(parts[0], parts[1]), Pair(parts[2], parts[3]), Pair(parts[4], parts[5]));
    }

    private static KeyPair? Pair(string certificate, string key) => certificate.Length == 0 ? null : new KeyPair(certificate, key);

    private sealed record Authorities(string Servers, string Clients, string Peers);
}
