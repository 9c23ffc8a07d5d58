using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Agents.Domain.Model;
using Agents.Domain.Scheduling;

namespace Agents.Controller.Stores.Sqlite;

/// <summary>
/// The form of what stands as JSON in columns. It is part of the schema: a change of these records needs a migration or a default, and a test holds the form still.
/// </summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    IgnoreReadOnlyProperties = true,
    Converters =
    [
        typeof(LabelSetConverter),
        typeof(JsonConverters.OfEngine),
        typeof(JsonConverters.OfDurability),
        typeof(JsonConverters.OfOperationState),
        typeof(JsonConverters.OfInstanceKind),
        typeof(JsonConverters.OfInstancePower),
        typeof(JsonConverters.OfNodeRole),
        typeof(JsonConverters.OfResourceRef),
    ])]
[JsonSerializable(typeof(LabelSet))]
[JsonSerializable(typeof(PostgresClusterSpec))]
[JsonSerializable(typeof(EffectiveSpec))]
[JsonSerializable(typeof(ImmutableArray<OperationStep>))]
[JsonSerializable(typeof(ImmutableArray<string>))]
[JsonSerializable(typeof(ImmutableArray<ImageSetImage>))]
[JsonSerializable(typeof(Placement))]
[JsonSerializable(typeof(Trash))]
[JsonSerializable(typeof(Stopped))]
[JsonSerializable(typeof(HostIdentity.NextKey))]
internal sealed partial class SqliteJson : JsonSerializerContext;
