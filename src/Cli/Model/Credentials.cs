namespace Agents.Cli.Model;

/// <summary>The password of one role, and how to connect with it.</summary>
internal sealed record Credentials
{
    /// <summary>The role.</summary>
    public string Role { get; set; } = "";

    /// <summary>Its password.</summary>
    public string Password { get; set; } = "";

    /// <summary>The database; empty for what is no PostgreSQL role.</summary>
    public string Database { get; set; } = "";

    /// <summary>How to connect, with the password.</summary>
    public string ConnectionString { get; set; } = "";

    /// <summary>The certificate authority of the cluster in PEM form.</summary>
    public string CaPem { get; set; } = "";

    /// <summary>Nothing of the secret.</summary>
    public override string ToString() => nameof(Credentials);
}
