using System.Text.Json.Serialization;

namespace IndustrieFutur.Edge.App.Running;

/// <summary>The values of a cell as JSON, written by the service and read back by <c>watch</c>.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(IReadOnlyList<SignalView>))]
internal sealed partial class SignalViewJson : JsonSerializerContext;
