using System.Globalization;
using System.Security.Cryptography;
using Agents.Controller.Secrets;
using Agents.Controller.Stores;
using Agents.Domain.Health;
using Agents.Domain.Model;

namespace Agents.Controller.Application.Clusters;

/// <summary>
/// Gives out the password of the application's role, or of the proxies' statistics page. The secrets that the cluster keeps among its own parts are given to no one.
/// That it was read is an event.
/// </summary>
internal sealed class GetPostgresClusterCredentialsHandler(IStore store, SecretBox box, TimeProvider timeProvider)
{
    private const string Authority = "cluster-ca";
    private const string Statistics = "statistics";

    /// <summary>The credentials of a role; of the application's when the role is empty.</summary>
    public Task<ClusterCredentials> HandleAsync(string project, string idOrName, string role, Caller caller, CancellationToken cancellationToken) =>
        store.WriteAsync(writer => Read(writer, ClusterLookup.Get(writer, caller, project, idOrName), role, caller), cancellationToken);

    private ClusterCredentials Read(IStoreWriter writer, Cluster cluster, string asked, Caller caller)
    {
        var owner = cluster.Effective.Owner;
        var role = asked.Length > 0 ? asked : owner;
        if (role != owner && role != Statistics)
            throw Refusals.NotFound("role", role);
        if (writer.FindCredential(cluster.Ref, role) is not { } credential || writer.FindCredential(cluster.Ref, Authority) is not { } authority)
            throw Refusals.NoCredentials(cluster);

        var version = credential.Version.ToString(CultureInfo.InvariantCulture);
        writer.AddEvent(ClusterEvents.Of(
            "postgres.cluster.credentials_read", cluster, caller.OriginOf("", ""), timeProvider.GetUtcNow(), ("role", role), ("version", version)));

        var password = CredentialSeal.Open(box, credential);
        var isOwner = role == owner;
        return new ClusterCredentials
        {
            Role = role,
            Password = password,
            Version = credential.Version,
            Database = isOwner ? cluster.Effective.Database : "",
            ConnectionString = isOwner
                ? ConnectionStrings.Uri(cluster.Effective, ClusterStatusBuilder.EndpointsOf(writer.ListInstances(cluster.Ref)), password)
                : "",
            CaPem = CertificateOf(CredentialSeal.Open(box, authority)),
        };
    }

    // The authority's secret holds its key too.
    private static string CertificateOf(string pems)
    {
        var rest = pems.AsSpan();
        while (PemEncoding.TryFind(rest, out var fields))
        {
            if (rest[fields.Label] is "CERTIFICATE")
                return $"{rest[fields.Location]}\n";
            rest = rest[fields.Location.End..];
        }
        return "";
    }
}
