using IndustrieFutur.Edge.Protocols.Framed;

namespace IndustrieFutur.Edge.Tests.Protocols.Framed;

/// <summary>What is framed is what the reader takes apart, and the reference vector.</summary>
public sealed class FrameWriterTests
{
    [Theory]
    [InlineData("", "53 49 0D 0A")]
    [InlineData("\r", "53 49 0D")]
    [InlineData("; ", "53 49 3B 20")]
    public void A_line_ends_as_the_device_says_or_as_most_do(string terminator, string expected)
    {
        var bytes = FrameWriter.Write(new FrameSettings { Terminator = [.. terminator.Select(one => (byte)one)] }, "SI"u8);

        Assert.Equal(Frames.Hex(expected), bytes);
    }

    [Fact]
    public void The_reference_frame_is_written()
    {
        var bytes = FrameWriter.Write(new FrameSettings { Kind = FrameKind.Stx }, "N+000123.4 g"u8);

        Assert.Equal(Frames.Hex("02 4E 2B 30 30 30 31 32 33 2E 34 20 67 03 3B"), bytes);
    }

    [Theory]
    [InlineData(BlockCheck.Xor)]
    [InlineData(BlockCheck.XorBody)]
    [InlineData(BlockCheck.XorAll)]
    [InlineData(BlockCheck.Sum)]
    [InlineData(BlockCheck.None)]
    public void What_is_written_is_read_with_every_check(BlockCheck check)
    {
        var settings = new FrameSettings { Kind = FrameKind.Stx, BlockCheck = check };
        byte[][] bodies = [.. Enumerable.Range(0x20, 0xE0).Select(value => new[] { (byte)value })];

        var reader = new FrameReader(new ScriptedLink(bodies.Select(body => FrameWriter.Write(settings, body))), settings);

        Assert.Equal(bodies, Frames.ReadAll(reader));
    }

    [Fact]
    public void A_text_has_no_frame_of_one_length() =>
        Assert.Throws<ArgumentException>(() => FrameWriter.Write(new FrameSettings { Kind = FrameKind.Fixed, Length = 8 }, "SI"u8));
}
