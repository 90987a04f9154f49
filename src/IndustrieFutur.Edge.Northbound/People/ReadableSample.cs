using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using IndustrieFutur.Edge.Core.Plans;
using IndustrieFutur.Edge.Core.Sampling;

namespace IndustrieFutur.Edge.Northbound.People;

/// <summary>Writes one sample as JSON that a person reads without a manual: value, unit, quality, time.</summary>
internal static class ReadableSample
{
    /// <summary>A unit such as °C is read as it is: none of it is written into a web page.</summary>
    private static readonly JsonWriterOptions AsItIs = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static void Write(IBufferWriter<byte> output, SignalPlan signal, in Sample sample, ReadOnlySpan<byte> text)
    {
        using var json = new Utf8JsonWriter(output, AsItIs);
        json.WriteStartObject();
        json.WritePropertyName("value");
        WriteValue(json, signal.Kind, sample, text);
        json.WriteString("unit", signal.Unit);
        json.WriteString("quality", StatusCode.Name(sample.Status));
        json.WriteString("time", DateTime.UnixEpoch.AddTicks(sample.SourceUtcNanos / TimeSpan.NanosecondsPerTick).ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture));
        json.WriteEndObject();
    }

    /// <summary>A Bad sample has no value, and JSON has no word for what is not a number.</summary>
    private static void WriteValue(Utf8JsonWriter json, ValueKind kind, in Sample sample, ReadOnlySpan<byte> text)
    {
        if (StatusCode.IsBad(sample.Status) || (kind == ValueKind.Float64 && !double.IsFinite(sample.AsDouble)))
        {
            json.WriteNullValue();
            return;
        }

        switch (kind)
        {
            case ValueKind.Float64:
                json.WriteNumberValue(sample.AsDouble);
                return;
            case ValueKind.Boolean:
                json.WriteBooleanValue(sample.Bits != 0);
                return;
            case ValueKind.UInt64:
                json.WriteNumberValue((ulong)sample.Bits);
                return;
            case ValueKind.Text:
                json.WriteStringValue(Encoding.UTF8.GetString(text));
                return;
            default:
                json.WriteNumberValue(sample.Bits);
                return;
        }
    }
}
