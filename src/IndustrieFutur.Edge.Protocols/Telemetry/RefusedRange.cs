using System.Text.Json;
using System.Text.Json.Serialization;

namespace IndustrieFutur.Edge.Protocols.Telemetry;

/// <summary>Samples that a store refuses for ever, with the cause's number (Core's <c>DropCause</c>); <c>[first, last, cause]</c> in JSON.</summary>
[JsonConverter(typeof(Converter))]
public readonly record struct RefusedRange(ulong First, ulong Last, byte Cause)
{
    internal sealed class Converter : JsonConverter<RefusedRange>
    {
        public override RefusedRange Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
        {
            if (reader.TokenType != JsonTokenType.StartArray)
            {
                throw new JsonException("A refused range is written [first, last, cause].");
            }

            reader.Read();
            var first = reader.GetUInt64();
            reader.Read();
            var last = reader.GetUInt64();
            reader.Read();
            var cause = reader.GetByte();
            reader.Read();
            return reader.TokenType == JsonTokenType.EndArray && first <= last
                ? new RefusedRange(first, last, cause)
                : throw new JsonException("A refused range is written [first, last, cause], first not above last.");
        }

        public override void Write(Utf8JsonWriter writer, RefusedRange value, JsonSerializerOptions options)
        {
            writer.WriteStartArray();
            writer.WriteNumberValue(value.First);
            writer.WriteNumberValue(value.Last);
            writer.WriteNumberValue(value.Cause);
            writer.WriteEndArray();
        }
    }
}
