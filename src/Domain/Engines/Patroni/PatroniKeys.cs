using Agents.Domain.Model;

namespace Agents.Domain.Engines.Patroni;

/// <summary>Where Patroni keeps a cluster's keys in etcd.</summary>
public static class PatroniKeys
{
    /// <summary>The largest value of a key that is read, but for that of the history: Patroni's are a few hundred bytes, and what is kept of them goes into the messages of steps.</summary>
    public const int LengthMax = 4096;

    /// <summary>What the keys of all clusters begin with.</summary>
    public const string Namespace = "/agents/";

    /// <summary>The key that whoever begins a cluster's data sets first, empty, and fills with the system's identifier when the data is there.</summary>
    public static string Initialize(ClusterId cluster) => $"{Namespace}{cluster}/initialize";

    /// <summary>The key of the node that leads, for as long as it says so again and again.</summary>
    public static string Leader(ClusterId cluster) => $"{Namespace}{cluster}/leader";

    /// <summary>The key of a switchover that is pending, also of one for later.</summary>
    public static string Failover(ClusterId cluster) => $"{Namespace}{cluster}/failover";

    /// <summary>The key of who has led before, as far as timelines tell.</summary>
    public static string History(ClusterId cluster) => $"{Namespace}{cluster}/history";

    /// <summary>The key of how far the primary is.</summary>
    public static string Status(ClusterId cluster) => $"{Namespace}{cluster}/status";

    /// <summary>The key that says which nodes have confirmed commits.</summary>
    public static string Sync(ClusterId cluster) => $"{Namespace}{cluster}/sync";
}
