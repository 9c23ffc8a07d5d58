using Agents.Domain.Model;

namespace Agents.Controller.Stores.Sqlite;

/// <summary>Writes a <see cref="OperationState"/> as its word.</summary>
internal sealed class OperationStateConverter : WordConverter<OperationState>;
