using System.Text.Json;
using System.Text.Json.Serialization;
using IndustrieFutur.Edge.Core.Configuration;

namespace IndustrieFutur.Edge.Drivers.Running;

/// <summary>A secret in the plan of a sampler: the reference as it is configured. No driver that runs there follows one.</summary>
internal sealed class SecretReferenceConverter : JsonConverter<SecretReference>
{
    public override SecretReference Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        SecretReference.Parse(reader.GetString() ?? "", out var error) ?? throw new JsonException(error);

    public override void Write(Utf8JsonWriter writer, SecretReference value, JsonSerializerOptions options) => writer.WriteStringValue(value.ToString());
}
