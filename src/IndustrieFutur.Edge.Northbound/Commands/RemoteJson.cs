using System.Text.Json.Serialization;

namespace IndustrieFutur.Edge.Northbound.Commands;

/// <summary>The JSON of answers, generated at compile time.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(RemoteAnswer))]
internal sealed partial class RemoteJson : JsonSerializerContext;
