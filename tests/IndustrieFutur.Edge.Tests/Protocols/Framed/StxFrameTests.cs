using System.Text;
using IndustrieFutur.Edge.Protocols.Framed;

namespace IndustrieFutur.Edge.Tests.Protocols.Framed;

/// <summary>STX/ETX frames: the reference vector, every block check, and what a broken frame costs.</summary>
public sealed class StxFrameTests
{
    private static readonly FrameSettings Usual = new() { Kind = FrameKind.Stx };

    // ISO 1745 style, the vector of the domain reference: XOR of body and ETX is 3B.
    private static readonly byte[] Vector = Frames.Hex("02 4E 2B 30 30 30 31 32 33 2E 34 20 67 03 3B");

    [Fact]
    public void The_reference_frame_is_read()
    {
        var reader = new FrameReader(new ScriptedLink(Vector), Usual);

        var frames = Frames.ReadAll(reader);

        Assert.Equal("N+000123.4 g"u8, Assert.Single(frames));
    }

    [Theory]
    [InlineData(BlockCheck.Xor, 0x3B)]
    [InlineData(BlockCheck.XorBody, 0x38)]
    [InlineData(BlockCheck.XorAll, 0x39)]
    [InlineData(BlockCheck.Sum, 0x75)]
    public void Each_block_check_has_its_own_value(BlockCheck check, byte expected)
    {
        Assert.Equal(expected, StxCutter.Compute(check, "N+000123.4 g"u8));
    }

    [Theory]
    [InlineData(BlockCheck.Xor)]
    [InlineData(BlockCheck.XorBody)]
    [InlineData(BlockCheck.XorAll)]
    [InlineData(BlockCheck.Sum)]
    [InlineData(BlockCheck.None)]
    public void Frames_are_read_split_and_glued_with_every_check(BlockCheck check)
    {
        // Bodies of one byte give each value of the check at some point: STX, ETX and CR among them.
        var bodies = Enumerable.Range(0x20, 0xE0).Select(value => ((char)value).ToString()).Append("").ToArray();
        var stream = string.Concat(bodies.Select(body => Wrap(body, check)));
        var settings = Usual with { BlockCheck = check };

        var glued = Frames.ReadTexts(settings, stream);
        var split = Frames.ReadTexts(settings, stream.Select(character => character.ToString()));

        Assert.Equal(bodies, glued);
        Assert.Equal(bodies, split);
    }

    [Fact]
    public void A_frame_whose_check_is_wrong_does_not_cost_the_next()
    {
        var wrong = Vector.ToArray();
        wrong[6] ^= 1;
        var reader = new FrameReader(new ScriptedLink([.. wrong, .. Vector]), Usual);

        var frames = Frames.ReadAll(reader);

        Assert.Equal("N+000123.4 g"u8, Assert.Single(frames));
        Assert.Equal(1, reader.CheckErrors);
    }

    [Fact]
    public void A_frame_that_was_cut_off_does_not_cost_the_next()
    {
        var reader = new FrameReader(new ScriptedLink(Vector[..7], Vector), Usual);
        var unproved = Frames.ReadTexts(Usual with { BlockCheck = BlockCheck.None }, "\u0002cut", "\u0002whole\u0003");

        var frames = Frames.ReadAll(reader);

        Assert.Equal("N+000123.4 g"u8, Assert.Single(frames));
        Assert.Equal(["whole"], unproved);
    }

    [Fact]
    public void Noise_between_frames_and_a_body_beyond_its_limit_are_dropped_and_counted()
    {
        var settings = Usual with { BytesMax = 12 };
        var tooLong = Encoding.Latin1.GetBytes(Wrap("N+0000123.4 g", BlockCheck.Xor));
        var reader = new FrameReader(new ScriptedLink("noise"u8.ToArray(), Vector, tooLong, Vector), settings);

        var frames = Frames.ReadAll(reader);

        Assert.Equal(2, frames.Count);
        Assert.Equal(1, reader.TooLong);
        Assert.Equal(5 + tooLong.Length - 1, reader.NoiseBytes);
    }

    private static string Wrap(string body, BlockCheck check)
    {
        var end = check == BlockCheck.None ? "" : ((char)StxCutter.Compute(check, Encoding.Latin1.GetBytes(body))).ToString();
        return $"\u0002{body}\u0003{end}";
    }
}
