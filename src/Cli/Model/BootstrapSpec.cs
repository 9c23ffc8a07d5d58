namespace Agents.Cli.Model;

/// <summary>The application's database.</summary>
internal sealed record BootstrapSpec
{
    /// <summary>The database.</summary>
    public string? Database { get; set; }

    /// <summary>The role that owns it.</summary>
    public string? Owner { get; set; }
}
