using System.Globalization;
using System.Text;
using FsCheck;
using FsCheck.Fluent;
using IndustrieFutur.Edge.Protocols.LineProtocol;
using IndustrieFutur.Edge.Protocols.Telemetry;
using IndustrieFutur.Edge.Tests.House;

namespace IndustrieFutur.Edge.Tests.Protocols.LineProtocol;

/// <summary>Lines as InfluxDB wants them: a field per type, escapes, and nothing that a store would refuse.</summary>
public sealed class LineEncoderTests
{
    private static readonly byte[] Key = LineKey.Telemetry("la-roche/cell1", "plc", "conveyor.speed");

    [Theory]
    [InlineData(TelemetryKind.Float64, 1.5, "v=1.5,q=0i")]
    [InlineData(TelemetryKind.Float64, -0.0, "v=-0,q=0i")]
    [InlineData(TelemetryKind.Float64, 1e300, "v=1E+300,q=0i")]
    [InlineData(TelemetryKind.Float64, 0.1, "v=0.1,q=0i")]
    public void A_floating_point_value_is_written_shortest_and_exactly(TelemetryKind kind, double value, string fields)
    {
        Assert.Equal(Expected(fields), Line(kind, BitConverter.DoubleToInt64Bits(value)));
    }

    [Theory]
    [InlineData(TelemetryKind.Int64, long.MinValue, "i=-9223372036854775808i,q=0i")]
    [InlineData(TelemetryKind.Int64, 0, "i=0i,q=0i")]
    [InlineData(TelemetryKind.UInt64, long.MaxValue, "i=9223372036854775807i,q=0i")]
    [InlineData(TelemetryKind.UInt64, -1, "s=\"18446744073709551615\",q=0i")]
    [InlineData(TelemetryKind.Boolean, 0, "b=false,q=0i")]
    [InlineData(TelemetryKind.Boolean, 1, "b=true,q=0i")]
    public void Integers_and_booleans_go_into_the_field_of_their_type(TelemetryKind kind, long bits, string fields)
    {
        Assert.Equal(Expected(fields), Line(kind, bits));
    }

    [Theory]
    [InlineData("", "s=\"\",q=0i")]
    [InlineData("say \"hi\" \\ bye", "s=\"say \\\"hi\\\" \\\\ bye\",q=0i")]
    [InlineData("a\r\nb\0c", "s=\"a  b c\",q=0i")]
    [InlineData("Pièce 🤖, n=5", "s=\"Pièce 🤖, n=5\",q=0i")]
    public void Texts_are_escaped_and_stay_on_one_line(string text, string fields)
    {
        Assert.Equal(Expected(fields), Line(TelemetryKind.Text, 0, text: Encoding.UTF8.GetBytes(text)));
    }

    [Fact]
    public void Bytes_that_are_no_text_are_replaced()
    {
        Assert.Equal(Expected("s=\"a\uFFFDb\uFFFD\",q=0i"), Line(TelemetryKind.Text, 0, text: [(byte)'a', 0xFF, (byte)'b', 0xC3]));
    }

    [Theory]
    [InlineData(TelemetryKind.Float64)]
    [InlineData(TelemetryKind.Text)]
    public void A_bad_sample_writes_its_status_alone(TelemetryKind kind)
    {
        Assert.Equal(Expected("q=2150694912i"), Line(kind, BitConverter.DoubleToInt64Bits(double.NaN), 0x8031_0000, "x"u8.ToArray()));
    }

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    [InlineData(double.NegativeInfinity)]
    public void What_is_no_number_is_never_written(double value)
    {
        var outcome = LineEncoder.Write(new byte[500], Key, TelemetryKind.Float64, BitConverter.DoubleToInt64Bits(value), default, 0, 0, out var length);

        Assert.Equal((LineOutcome.NotFinite, 0), (outcome, length));
    }

    [Fact]
    public void Every_number_fits_into_the_announced_size_and_reads_back_exactly()
    {
        Prop.ForAll<double, long, uint>((value, time, status) =>
        {
            if (!double.IsFinite(value))
            {
                return;
            }

            var line = Line(TelemetryKind.Float64, BitConverter.DoubleToInt64Bits(value), status & int.MaxValue, utcNanos: time);

            var parts = line[Key.Length..].TrimEnd('\n').Split(' ');
            Assert.Equal(value, double.Parse(parts[0].Split(',')[0][2..], CultureInfo.InvariantCulture));
            Assert.Equal(time, long.Parse(parts[1], CultureInfo.InvariantCulture));
        }).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void Any_bytes_as_text_fit_into_the_announced_size_and_give_one_line()
    {
        Prop.ForAll(ArbMap.Default.ArbFor<byte[]>(), text =>
        {
            var line = Line(TelemetryKind.Text, 0, text: text);

            Assert.Equal(line.Length - 1, line.IndexOf('\n', StringComparison.Ordinal));
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(2_000));
    }

    [Fact]
    public void A_line_that_does_not_fit_is_not_begun()
    {
        var outcome = LineEncoder.Write(new byte[Key.Length + 20], Key, TelemetryKind.Int64, 1, default, 0, 0, out var length);

        Assert.Equal((LineOutcome.NoRoom, 0), (outcome, length));
    }

    [Fact]
    public void A_line_allocates_nothing()
    {
        var line = new byte[500];
        var text = "Pièce \"5\""u8.ToArray();

        Assert.Equal(0, AllocationGuard.BytesOf(() => Write(line, text), turns: 1_000));
    }

    private static void Write(byte[] line, byte[] text)
    {
        LineEncoder.Write(line, Key, TelemetryKind.Float64, BitConverter.DoubleToInt64Bits(0.1), default, 0, 1_700_000_000_000_000_000, out _);
        LineEncoder.Write(line, Key, TelemetryKind.Text, 0, text, 0, 1_700_000_000_000_000_000, out _);
    }

    private static string Expected(string fields) => $"telemetry,cell=la-roche/cell1,device=plc,signal=conveyor.speed {fields} 1700000000000000001\n";

    private static string Line(TelemetryKind kind, long bits, uint status = 0, byte[]? text = null, long utcNanos = 1_700_000_000_000_000_001)
    {
        var line = new byte[LineEncoder.BytesMax(Key.Length, text?.Length ?? 0)];
        Assert.Equal(LineOutcome.Written, LineEncoder.Write(line, Key, kind, bits, text, status, utcNanos, out var length));
        return Encoding.UTF8.GetString(line, 0, length);
    }
}
