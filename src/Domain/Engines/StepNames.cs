namespace Agents.Domain.Engines;

/// <summary>
/// The names of the steps that operations of every engine have, as people see them and as they stand in the store. An engine's own steps stand in its folder.
/// </summary>
public static class StepNames
{
    /// <summary>What the step says that hands the lead over when somebody had taken it before the engine was asked: then that was not its doing.</summary>
    public const string LeadsUnasked = "took the lead before the engine was asked to hand it over";

    /// <summary>Chooses hosts, ports and networks.</summary>
    public const string Place = "place";

    /// <summary>Makes passwords and certificates.</summary>
    public const string MakeSecrets = "make secrets";

    /// <summary>Brings images to hosts.</summary>
    public const string LoadImages = "load images";

    /// <summary>Makes the containers of nodes and proxies.</summary>
    public const string CreateContainers = "create nodes and proxies";

    /// <summary>Starts the node that makes a new cluster's data, and the proxies.</summary>
    public const string StartFirst = "start first node and proxies";

    /// <summary>Starts the nodes and the proxies.</summary>
    public const string Start = "start nodes and proxies";

    /// <summary>Waits for the first primary, makes the application's database and starts the nodes that copy from it. From its end on the cluster holds data.</summary>
    public const string Bootstrap = "bootstrap";

    /// <summary>Starts the former primary over its data and waits until it leads. From its end on the cluster lives again.</summary>
    public const string AdoptData = "adopt data";

    /// <summary>Lets the application's role in.</summary>
    public const string Open = "open";

    /// <summary>Waits until all replicas stream.</summary>
    public const string Converge = "converge";

    /// <summary>Waits until commits wait for replicas.</summary>
    public const string SecureCommits = "secure commits";

    /// <summary>Stops the proxies.</summary>
    public const string StopProxies = "stop proxies";

    /// <summary>Notes which node is the primary and how far each has come.</summary>
    public const string NotePositions = "note positions";

    /// <summary>Stops the nodes, the primary last.</summary>
    public const string StopNodes = "stop nodes";

    /// <summary>Removes the containers.</summary>
    public const string RemoveContainers = "remove containers";

    /// <summary>Removes or keeps data, and removes all the rest.</summary>
    public const string RemoveData = "remove data";

    /// <summary>Removes the data of a cluster that is deleted already.</summary>
    public const string EmptyTrash = "empty trash";

    /// <summary>Starts the node that took the writes, and waits until it does again.</summary>
    public const string StartPrimary = "start former primary";

    /// <summary>Makes the nodes that a cluster gets. Until its end they can be taken back: none of them has data.</summary>
    public const string CreateNodes = "create new nodes";

    /// <summary>Starts the nodes that a cluster gets.</summary>
    public const string StartNodes = "start new nodes";

    /// <summary>Has the proxies know the nodes that a cluster has got.</summary>
    public const string JoinProxies = "tell the proxies";

    /// <summary>Takes nodes out of the proxies, and waits for those that read there.</summary>
    public const string LeaveProxies = "take nodes out of the proxies";

    /// <summary>Stops the nodes that a cluster loses, when others confirm commits, and waits until the engine counts on them no more.</summary>
    public const string StopLeaving = "stop nodes that leave";

    /// <summary>Removes nodes that a cluster has lost.</summary>
    public const string RemoveNodes = "remove nodes";

    /// <summary>Restarts PostgreSQL on the replicas, one after the other.</summary>
    public const string RestartReplicas = "restart replicas";

    /// <summary>Restarts PostgreSQL where that is not done yet: on a primary that nobody can follow.</summary>
    public const string RestartPrimary = "restart former primary";

    /// <summary>Has the primary write down what is in its memory, so that it is quick to stop.</summary>
    public const string Checkpoint = "checkpoint";

    /// <summary>Has the engine hand the lead over.</summary>
    public const string HandOver = "hand over the lead";

    /// <summary>Proves that the primary has ended, and keeps it from being started.</summary>
    public const string FencePrimary = "fence old primary";

    /// <summary>Waits for the primary that the engine chooses.</summary>
    public const string AwaitPrimary = "new primary";

    /// <summary>Lets the old primary be started.</summary>
    public const string ReleasePrimary = "release old primary";
}
