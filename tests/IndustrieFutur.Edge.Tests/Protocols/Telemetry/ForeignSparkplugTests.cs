using System.Globalization;
using System.Text.Json.Nodes;
using IndustrieFutur.Edge.Protocols.Telemetry;
using IndustrieFutur.Edge.Tests.Protocols.Sparkplug;

namespace IndustrieFutur.Edge.Tests.Protocols.Telemetry;

/// <summary>A decoder that is not ours (npm "sparkplug-payload") reads our payloads as any Sparkplug tool does.</summary>
[Trait("Category", "Foreign")]
public sealed class ForeignSparkplugTests
{
    private static readonly long[] Numbers = [0, 1, -1, long.MaxValue, long.MinValue];

    [Fact]
    public async Task The_foreign_decoder_sees_every_value_where_sparkplug_wants_it()
    {
        TelemetrySample[] samples =
        [
            .. Numbers.Select(bits => Sample(TelemetryKind.Int64, bits)),
            .. Numbers.Select(bits => Sample(TelemetryKind.UInt64, bits)),
            Sample(TelemetryKind.Float64, BitConverter.DoubleToInt64Bits(-0.1)),
            Sample(TelemetryKind.Float64, 0),
            Sample(TelemetryKind.Boolean, 0),
            Sample(TelemetryKind.Boolean, 1),
            Sample(TelemetryKind.Text, 0) with { Text = "Pièce n° 5" },
            Sample(TelemetryKind.Text, 0),
            Sample(TelemetryKind.Float64, 1) with { Status = 0x8031_0000 },
        ];
        var payload = TelemetryCodecTests.Encode(samples, first: 0x1FF);

        var decoded = Assert.Single(await SparkplugPeer.DecodeAsync([payload], TestContext.Current.CancellationToken));

        Assert.Equal(("1700000000000", "255"), ((string?)decoded["timestamp"], (string?)decoded["seq"]));
        Assert.StartsWith("01001100" + "1032547698badcfe" + "ff01000000000000", (string)decoded["body"]!, StringComparison.Ordinal);
        Assert.Equal(samples.Select(Expected), decoded["metrics"]!.AsArray().Select(Seen));
    }

    private static TelemetrySample Sample(TelemetryKind kind, long bits) => new(70_000, 1_700_000_000_123_456_789, kind, bits, "", 0);

    private static (string?, string?, bool, string?, string?) Expected(TelemetrySample sample)
    {
        var (field, value) = sample.IsBad ? (null, null) : sample.Kind switch
        {
            TelemetryKind.Float64 => ("doubleValue", BitConverter.Int64BitsToDouble(sample.Bits).ToString(CultureInfo.InvariantCulture)),
            TelemetryKind.Boolean => ("booleanValue", sample.Bits == 0 ? "false" : "true"),
            TelemetryKind.Text => ("stringValue", sample.Text),

            // The schema's long_value is unsigned; a negative number is its two's complement, as Sparkplug says.
            _ => ((string?)"longValue", (string?)((ulong)sample.Bits).ToString(CultureInfo.InvariantCulture)),
        };
        return ("70000", "1700000000123", sample.IsBad, field, value);
    }

    private static (string?, string?, bool, string?, string?) Seen(JsonNode? metric) => (
        (string?)metric!["alias"], (string?)metric["timestamp"], (bool)metric["isNull"]!, (string?)metric["field"], (string?)metric["value"]);
}
