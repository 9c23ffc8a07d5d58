using System.Text.Json.Serialization;

namespace Agents.Cli.Model;

/// <summary>Reads and writes the records of this folder as the JSON of the REST interface. Fields that this version does not know are ignored: the server may be newer.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(PageCursor))]
[JsonSerializable(typeof(Host))]
[JsonSerializable(typeof(HostList))]
[JsonSerializable(typeof(HostChange))]
[JsonSerializable(typeof(OrphanRemoval))]
[JsonSerializable(typeof(JoinTokenList))]
[JsonSerializable(typeof(NewJoinToken))]
[JsonSerializable(typeof(CreatedJoinToken))]
[JsonSerializable(typeof(Operation))]
[JsonSerializable(typeof(OperationReply))]
[JsonSerializable(typeof(OperationList))]
[JsonSerializable(typeof(Undeletion))]
[JsonSerializable(typeof(Switchover))]
[JsonSerializable(typeof(Scale))]
[JsonSerializable(typeof(PowerChange))]
[JsonSerializable(typeof(Cluster))]
[JsonSerializable(typeof(ClusterList))]
[JsonSerializable(typeof(FailoverList))]
[JsonSerializable(typeof(ClusterChange))]
[JsonSerializable(typeof(NewCluster))]
[JsonSerializable(typeof(CreatedCluster))]
[JsonSerializable(typeof(Credentials))]
[JsonSerializable(typeof(ControllerInfo))]
[JsonSerializable(typeof(RestoreConfirmation))]
[JsonSerializable(typeof(Problem))]
internal sealed partial class ModelJson : JsonSerializerContext;
