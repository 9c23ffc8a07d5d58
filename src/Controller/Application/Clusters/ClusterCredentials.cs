namespace Agents.Controller.Application.Clusters;

/// <summary>The password of one role, and how to connect with it. Its text form shows nothing.</summary>
internal sealed record ClusterCredentials
{
    /// <summary>The role.</summary>
    public required string Role { get; init; }

    /// <summary>Its password.</summary>
    public required string Password { get; init; }

    /// <summary>The version of the password.</summary>
    public required long Version { get; init; }

    /// <summary>The database; empty for what is no PostgreSQL role.</summary>
    public required string Database { get; init; }

    /// <summary>How to connect, with the password; empty where there is nothing to connect to.</summary>
    public required string ConnectionString { get; init; }

    /// <summary>The cluster's certificate authority, PEM.</summary>
    public required string CaPem { get; init; }

    /// <summary>Nothing of the secret.</summary>
    public override string ToString() => nameof(ClusterCredentials);
}
