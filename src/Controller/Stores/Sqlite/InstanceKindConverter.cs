using Agents.Domain.Model;

namespace Agents.Controller.Stores.Sqlite;

/// <summary>Writes a <see cref="Engine"/> as its word.</summary>
internal sealed class InstanceKindConverter : WordConverter<InstanceKind>;
