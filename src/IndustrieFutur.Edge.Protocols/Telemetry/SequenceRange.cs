using System.Text.Json;
using System.Text.Json.Serialization;

namespace IndustrieFutur.Edge.Protocols.Telemetry;

/// <summary>Sequence numbers from the first to the last, both included; <c>[first, last]</c> in JSON.</summary>
[JsonConverter(typeof(Converter))]
public readonly record struct SequenceRange(ulong First, ulong Last)
{
    public ulong Count => Last - First + 1;

    public bool Contains(ulong number) => number >= First && number <= Last;

    internal sealed class Converter : JsonConverter<SequenceRange>
    {
        public override SequenceRange Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
        {
            if (reader.TokenType != JsonTokenType.StartArray)
            {
                throw new JsonException("A range is written [first, last].");
            }

            reader.Read();
            var first = reader.GetUInt64();
            reader.Read();
            var last = reader.GetUInt64();
            reader.Read();
            return reader.TokenType == JsonTokenType.EndArray && first <= last
                ? new SequenceRange(first, last)
                : throw new JsonException("A range is written [first, last], first not above last.");
        }

        public override void Write(Utf8JsonWriter writer, SequenceRange value, JsonSerializerOptions options)
        {
            writer.WriteStartArray();
            writer.WriteNumberValue(value.First);
            writer.WriteNumberValue(value.Last);
            writer.WriteEndArray();
        }
    }
}
