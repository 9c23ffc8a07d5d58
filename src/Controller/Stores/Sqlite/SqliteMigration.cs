namespace Agents.Controller.Stores.Sqlite;

/// <summary>One change of the schema.</summary>
/// <param name="Version">The version that it leads to; each follows the one before.</param>
/// <param name="Sql">Its statements.</param>
internal sealed record SqliteMigration(int Version, string Sql);
