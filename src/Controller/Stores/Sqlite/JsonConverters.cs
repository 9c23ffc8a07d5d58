using System.Text.Json;
using System.Text.Json.Serialization;
using Agents.Domain.Kinds;
using Agents.Domain.Model;

namespace Agents.Controller.Stores.Sqlite;

/// <summary>How what is no record stands in JSON: enumerations as their words, a resource as its text.</summary>
internal static class JsonConverters
{
    /// <summary>Writes an <see cref="Engine"/> as its word.</summary>
    internal sealed class OfEngine : WordConverter<Engine>;

    /// <summary>Writes a <see cref="Durability"/> as its word.</summary>
    internal sealed class OfDurability : WordConverter<Durability>;

    /// <summary>Writes an <see cref="OperationState"/> as its word.</summary>
    internal sealed class OfOperationState : WordConverter<OperationState>;

    /// <summary>Writes an <see cref="InstanceKind"/> as its word.</summary>
    internal sealed class OfInstanceKind : WordConverter<InstanceKind>;

    /// <summary>Writes an <see cref="InstancePower"/> as its word.</summary>
    internal sealed class OfInstancePower : WordConverter<InstancePower>;

    /// <summary>Writes a <see cref="Trash.NodeRole"/> as its word.</summary>
    internal sealed class OfNodeRole : WordConverter<Trash.NodeRole>;

    /// <summary>Writes a <see cref="ResourceRef"/> as its text.</summary>
    internal sealed class OfResourceRef : JsonConverter<ResourceRef>
    {
        /// <inheritdoc/>
        public override ResourceRef Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => ResourceRef.Parse(reader.GetString()!);

        /// <inheritdoc/>
        public override void Write(Utf8JsonWriter writer, ResourceRef value, JsonSerializerOptions options) => writer.WriteStringValue(value.ToString());
    }
}
