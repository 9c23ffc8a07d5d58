namespace Agents.Domain.Model;

/// <summary>The application's database, made once at create.</summary>
public sealed record BootstrapSpec
{
    /// <summary>The database's name.</summary>
    public string? Database { get; init; }

    /// <summary>The role that owns it.</summary>
    public string? Owner { get; init; }

    /// <summary>The encoding; only UTF8.</summary>
    public string? Encoding { get; init; }

    /// <summary>The locale of PostgreSQL's builtin provider: "C.UTF-8" or "C".</summary>
    public string? Locale { get; init; }
}
