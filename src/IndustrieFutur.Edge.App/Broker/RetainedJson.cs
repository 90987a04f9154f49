using System.Text.Json.Serialization;

namespace IndustrieFutur.Edge.App.Broker;

/// <summary>A line of the file of retained messages.</summary>
[JsonSourceGenerationOptions(DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull, PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(RetainedMessage))]
internal sealed partial class RetainedJson : JsonSerializerContext;
