using System.Collections.Immutable;
using Agents.Domain.Model;

namespace Agents.Domain.Planning;

/// <summary>
/// The steps of each kind of operation, fixed when it is asked for, and until when it can be cancelled. The executor's recipes have the same names in the same order;
/// a test holds them together.
/// </summary>
public static class OperationSteps
{
    /// <summary>The steps of a kind of operation, none begun.</summary>
    public static ImmutableArray<OperationStep> Of(string kind) => [.. NamesOf(kind).Select(name => new OperationStep { Name = name })];

    /// <summary>
    /// Whether an operation still obeys a cancel: a create does until its bootstrap is done. From then on the cluster holds data, and taking that away is a delete.
    /// </summary>
    public static bool IsCancellable(Operation operation) =>
        operation is { Kind: OperationKinds.PostgresClusterCreate, State: OperationState.Pending or OperationState.Running } && IsUndoable(operation);

    /// <summary>Whether a failure of the operation is undone: as long as nothing that it made may hold data.</summary>
    public static bool IsUndoable(Operation operation) =>
        operation.Kind == OperationKinds.PostgresClusterCreate
        && operation.Steps.FirstOrDefault(step => step.Name == "bootstrap") is { State: not OperationState.Succeeded };

    private static string[] NamesOf(string kind) => kind switch
    {
        OperationKinds.PostgresClusterCreate =>
        [
            "place", "make secrets", "load images", "start etcd", "create nodes and proxies", "start nodes", "start proxies", "etcd quorum", "bootstrap", "open", "converge", "secure commits",
        ],
        OperationKinds.PostgresClusterDelete => ["stop proxies", "stop nodes", "stop etcd", "remove containers", "remove data"],
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "no such kind of operation"),
    };
}
