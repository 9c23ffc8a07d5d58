namespace Agents.Testing.Requirements;

/// <summary>What a test may need that not every machine has.</summary>
internal enum Requirement
{
    /// <summary>The linter of protos.</summary>
    Buf,

    /// <summary>The command line client of gRPC services.</summary>
    Grpcurl,

    /// <summary>A Docker Engine that answers at this machine's socket.</summary>
    Engine,

    /// <summary>The newest Docker Engine, for the lab.</summary>
    Engine29,

    /// <summary>Several Docker hosts on this machine.</summary>
    Lab,

    /// <summary>An Elasticsearch server.</summary>
    Elasticsearch,

    /// <summary>A Kafka broker.</summary>
    Kafka,

    /// <summary>The service manager's own reader of units.</summary>
    SystemdAnalyze,
}
