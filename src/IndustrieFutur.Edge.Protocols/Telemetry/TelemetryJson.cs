using System.Text.Json.Serialization;

namespace IndustrieFutur.Edge.Protocols.Telemetry;

/// <summary>The JSON bodies of the topics, generated at compile time: camelCase keys, strict about what is required.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, RespectRequiredConstructorParameters = true, RespectNullableAnnotations = true)]
[JsonSerializable(typeof(HeadMessage))]
[JsonSerializable(typeof(StoredMessage))]
[JsonSerializable(typeof(ReplayMessage))]
[JsonSerializable(typeof(MetaMessage))]
[JsonSerializable(typeof(StateMessage))]
public sealed partial class TelemetryJson : JsonSerializerContext;
