using System.Text.Json;
using System.Text.Json.Serialization;
using IndustrieFutur.Edge.Core.Stages.Expressions;

namespace IndustrieFutur.Edge.Drivers.Running;

/// <summary>A compiled expression in the plan of a sampler: its bytes, as text.</summary>
internal sealed class StageProgramConverter : JsonConverter<StageProgram>
{
    public override StageProgram Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        StageProgram.FromBytes(reader.GetBytesFromBase64());

    public override void Write(Utf8JsonWriter writer, StageProgram value, JsonSerializerOptions options) =>
        writer.WriteBase64StringValue(value.ToBytes());
}
