namespace Agents.Cli.Tests.Fakes;

/// <summary>Tests of commands for the cluster "demo", which is there.</summary>
public abstract class ClusterCommandTests : CommandTests
{
    /// <summary>The address of the clusters.</summary>
    private protected const string Clusters = "/api/v1/postgres/clusters";

    /// <inheritdoc/>
    private protected override void Prepare()
    {
        Controller.Answer($"POST {Clusters}", Sample.Created, 202);
        Controller.Answer($"GET {Clusters}/{Sample.ClusterId}", Sample.Cluster());
        Controller.Answer($"GET {Clusters}/demo", Sample.Cluster());
        Controller.Answer($"GET {Clusters}/demo/credentials", Sample.Credentials);
        Controller.Answer($"DELETE {Clusters}/demo", $$"""{"operation":{{Sample.Operation("running", "running", "pending")}}}""", 202);
    }
}
