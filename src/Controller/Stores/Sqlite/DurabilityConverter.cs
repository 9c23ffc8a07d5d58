using Agents.Domain.Model;

namespace Agents.Controller.Stores.Sqlite;

/// <summary>Writes a <see cref="Durability"/> as its word.</summary>
internal sealed class DurabilityConverter : WordConverter<Durability>;
