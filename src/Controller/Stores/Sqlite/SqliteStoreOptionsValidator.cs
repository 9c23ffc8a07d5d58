using Microsoft.Extensions.Options;

namespace Agents.Controller.Stores.Sqlite;

/// <summary>Checks <see cref="SqliteStoreOptions"/> at start.</summary>
[OptionsValidator]
internal sealed partial class SqliteStoreOptionsValidator : IValidateOptions<SqliteStoreOptions>;
