namespace Agents.Words;

/// <summary>The labels on containers, networks and volumes that say whose they are and what they are.</summary>
public static class ObjectLabels
{
    /// <summary>The store id of the controller.</summary>
    public const string Controller = "agents.controller";

    /// <summary>The resource that it belongs to, as "postgres_cluster/ID".</summary>
    public const string Owner = "agents.owner";

    /// <summary>The cluster id, on what belongs to a cluster.</summary>
    public const string Cluster = "agents.cluster";

    /// <summary>The instance id.</summary>
    public const string Instance = "agents.instance";

    /// <summary>The kind of instance; <see cref="InstanceKinds"/> has those that agents know something of.</summary>
    public const string Kind = "agents.kind";

    /// <summary>On images and containers: the image's name and version, as "postgres:17-1".</summary>
    public const string Image = "agents.image";

    /// <summary>The hash of the specification that a container was created from; set by the agent.</summary>
    public const string ContainerHash = "agents.container_hash";

    /// <summary>The instance's name in its engine, as "demo-1".</summary>
    public const string Member = "agents.member";

    /// <summary>On volumes: what they are for, <see cref="DataPurpose"/> or <see cref="ConfigurationPurpose"/>.</summary>
    public const string Purpose = "agents.purpose";

    /// <summary>A volume that holds what its instance was made for.</summary>
    public const string DataPurpose = "data";

    /// <summary>A volume that holds what can be written again.</summary>
    public const string ConfigurationPurpose = "configuration";

    /// <summary>Prefix of a label for each published port: "agents.port.client" = "20001".</summary>
    public const string PortPrefix = "agents.port.";
}
