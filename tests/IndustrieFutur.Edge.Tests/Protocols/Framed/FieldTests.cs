using System.Text;
using IndustrieFutur.Edge.Protocols.Framed;

namespace IndustrieFutur.Edge.Tests.Protocols.Framed;

/// <summary>Finding a field in a message and reading what stands in it, without allocation.</summary>
public sealed class FieldTests
{
    [Theory]
    [InlineData(1, 3, "S S")]
    [InlineData(5, 10, "    100.00")]
    [InlineData(16, 10, "g")]
    [InlineData(17, 1, null)]
    public void A_field_is_cut_by_position(int first, int length, string? expected)
    {
        Assert.Equal(expected, Cut(FieldCut.ByPosition(first, length), "S S     100.00 g"));
    }

    [Theory]
    [InlineData(1, "S")]
    [InlineData(2, "D")]
    [InlineData(3, "-100.00")]
    [InlineData(4, "kg")]
    [InlineData(5, null)]
    public void A_field_is_cut_between_blanks(int index, string? expected)
    {
        Assert.Equal(expected, Cut(FieldCut.ByBlanks(index), "  S D \t  -100.00 kg "));
    }

    [Theory]
    [InlineData(1, "")]
    [InlineData(2, "12.5")]
    [InlineData(3, "")]
    [InlineData(4, " OK")]
    [InlineData(5, null)]
    public void A_field_is_cut_between_characters(int index, string? expected)
    {
        Assert.Equal(expected, Cut(FieldCut.BySeparator((byte)';', index), ";12.5;; OK"));
    }

    [Theory]
    [InlineData("[0-9.]+", 0, "12.5")]
    [InlineData("T=([0-9.]+) .*A=([0-9]+)", 2, "90")]
    [InlineData("§(.)", 1, null)]
    [InlineData("°.", 0, "°/")]
    public void A_field_is_cut_by_regular_expression(string pattern, int group, string? expected)
    {
        Assert.True(FieldCut.TryByRegex(pattern, group, out var cut, out var error), error);

        Assert.Equal(expected, Cut(cut, "T=12.5 Nm A=90°/x"));
    }

    [Theory]
    [InlineData("(", 0, "no regular expression")]
    [InlineData("(?<=T=)x", 0, "looks around or back")]
    [InlineData("T=x", 1, "has no group 1")]
    public void A_pattern_that_cannot_be_used_is_refused_with_what_to_write(string pattern, int group, string expected)
    {
        Assert.False(FieldCut.TryByRegex(pattern, group, out _, out var error));

        Assert.Contains(expected, error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("100.00", false, 100.0)]
    [InlineData("   +0001.5 ", false, 1.5)]
    [InlineData("-   12.5", false, -12.5)]
    [InlineData("1E3", false, 1000.0)]
    [InlineData("12,5", true, 12.5)]
    [InlineData("12,5", false, null)]
    [InlineData("1.200,5", true, null)]
    [InlineData("12.5 g", false, null)]
    [InlineData("", false, null)]
    [InlineData("-", false, null)]
    [InlineData("NaN", false, null)]
    [InlineData("1E999", false, null)]
    [InlineData("0000000000000000000000000000000000000000000000000000000000000000001", false, null)]
    public void A_number_is_read_as_devices_write_it(string field, bool decimalComma, double? expected)
    {
        var read = FieldValue.TryNumber(Encoding.Latin1.GetBytes(field), decimalComma, out var value);

        Assert.Equal(expected, read ? value : null);
    }

    [Theory]
    [InlineData("42", 42L)]
    [InlineData(" - 42 ", -42L)]
    [InlineData("+007", 7L)]
    [InlineData("9223372036854775807", long.MaxValue)]
    [InlineData("9223372036854775808", null)]
    [InlineData("1.0", null)]
    [InlineData("", null)]
    public void A_whole_number_is_read_as_devices_write_it(string field, long? expected)
    {
        var read = FieldValue.TryWhole(Encoding.Latin1.GetBytes(field), out var value);

        Assert.Equal(expected, read ? value : null);
    }

    [Fact]
    public void Latin_1_becomes_utf_8_and_never_ends_in_half_a_character()
    {
        Span<byte> utf8 = stackalloc byte[8];

        var length = FieldValue.ToUtf8(Encoding.Latin1.GetBytes("25 °C à l'ombre"), utf8);

        Assert.Equal("25 °C "u8, utf8[..length]);
    }

    [Fact]
    public void Reading_frames_and_fields_allocates_nothing()
    {
        const int Lines = 2_000;
        var stream = Encoding.Latin1.GetBytes(string.Concat(Enumerable.Repeat("S S     100.00 g\r\n", Lines)));
        Assert.True(FieldCut.TryByRegex("[0-9.]+", 0, out var regex, out var error), error);
        FieldCut[] cuts = [FieldCut.ByPosition(5, 10), FieldCut.ByBlanks(3), FieldCut.BySeparator((byte)' ', 7), regex];
        SumOf(new FrameReader(new SteadyLink(stream), new FrameSettings()), cuts);
        var reader = new FrameReader(new SteadyLink(stream), new FrameSettings());

        var before = GC.GetAllocatedBytesForCurrentThread();
        var sum = SumOf(reader, cuts);
        var allocated = GC.GetAllocatedBytesForCurrentThread() - before;

        Assert.Equal(4 * Lines * 100.0, sum);
        Assert.Equal(0, allocated);
    }

    private static double SumOf(FrameReader reader, FieldCut[] cuts)
    {
        var sum = 0.0;
        while (reader.TryRead(0, out var frame))
        {
            foreach (var cut in cuts)
            {
                sum += cut.TryCut(frame, out var field) && FieldValue.TryNumber(field, decimalComma: false, out var value) ? value : 0;
            }
        }

        return sum;
    }

    private static string? Cut(FieldCut cut, string frame) =>
        cut.TryCut(Encoding.Latin1.GetBytes(frame), out var field) ? Encoding.Latin1.GetString(field) : null;
}
