using Agents.Domain.Model;

namespace Agents.Controller.Stores;

/// <summary>Which operations are asked for.</summary>
/// <param name="Project">Of this project; of all when null.</param>
/// <param name="ResourceId">About the resource of this id; about all when null.</param>
/// <param name="Before">Created before this one, for paging; all when null.</param>
/// <param name="CountMax">How many at the most.</param>
internal sealed record OperationFilter(string? Project, Guid? ResourceId, OperationId? Before, int CountMax);
