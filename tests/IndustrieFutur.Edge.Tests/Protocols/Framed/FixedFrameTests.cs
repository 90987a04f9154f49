using FsCheck;
using FsCheck.Fluent;
using IndustrieFutur.Edge.Protocols.Framed;
using IndustrieFutur.Edge.Protocols.Modbus;

namespace IndustrieFutur.Edge.Tests.Protocols.Framed;

/// <summary>Frames of one length with a CRC: the reference vector, pieces, and garbage in between.</summary>
public sealed class FixedFrameTests
{
    private static readonly FrameSettings Usual = new() { Kind = FrameKind.Fixed, Sync = [0xAA, 0x55], Length = 20 };

    // IF-BIN of the domain reference: version 1, type 2, sequence 7, 123456 ms, 1000, -1000, 32767, -32768.
    private static readonly byte[] Vector = Frames.Hex("AA 55 01 02 07 00 40 E2 01 00 E8 03 18 FC FF 7F 00 80 98 69");

    [Fact]
    public void The_reference_frame_and_its_fields_are_read()
    {
        var reader = new FrameReader(new ScriptedLink(Vector), Usual);

        var frame = Assert.Single(Frames.ReadAll(reader));

        Assert.Equal(Vector, frame);
        Assert.Equal(7, Whole(frame, 4, BinaryType.U16));
        Assert.Equal(123_456, Whole(frame, 6, BinaryType.U32));
        Assert.Equal(1_000, Whole(frame, 10, BinaryType.I16));
        Assert.Equal(-1_000, Whole(frame, 12, BinaryType.I16));
        Assert.Equal(32_767, Whole(frame, 14, BinaryType.I16));
        Assert.Equal(-32_768, Whole(frame, 16, BinaryType.I16));
    }

    [Fact]
    public void Every_number_is_read_in_both_orders_and_none_beyond_the_frame()
    {
        var little = Frames.Hex("FE FF FF FF FF FF FF FF");
        byte[] half = BitConverter.GetBytes(0.5f);
        byte[] quarter = BitConverter.GetBytes(0.25);

        Assert.Equal(0xFE, Whole(little, 0, BinaryType.U8));
        Assert.Equal(-2, Whole(little, 0, BinaryType.I8));
        Assert.Equal(0xFFFE, Whole(little, 0, BinaryType.U16));
        Assert.Equal(0xFEFF, Whole(little, 0, BinaryType.U16, isBigEndian: true));
        Assert.Equal(-2, Whole(little, 0, BinaryType.I16));
        Assert.Equal(0xFFFF_FFFE, Whole(little, 0, BinaryType.U32));
        Assert.Equal(-2, Whole(little, 0, BinaryType.I32));
        Assert.Equal(-0x100_0001, Whole(little, 0, BinaryType.I32, isBigEndian: true));
        Assert.Equal(-2, Whole(little, 0, BinaryType.I64));
        Assert.Equal(0.5, BitConverter.Int64BitsToDouble(Whole(half, 0, BinaryType.F32)));
        Assert.Equal(0.25, BitConverter.Int64BitsToDouble(Whole(quarter, 0, BinaryType.F64)));
        Assert.Equal(0.25, BitConverter.Int64BitsToDouble(Whole([.. quarter.Reverse()], 0, BinaryType.F64, isBigEndian: true)));
        Assert.False(new BinaryField(5, BinaryType.U32, IsBigEndian: false).TryRead(little, out _));
    }

    [Fact]
    public void A_frame_may_arrive_in_pieces_or_glued_to_others()
    {
        var glued = Frames.ReadAll(new FrameReader(new ScriptedLink([.. Vector, .. Vector, .. Vector]), Usual));
        var split = Frames.ReadAll(new FrameReader(new ScriptedLink(Vector.Concat(Vector).Select(value => new[] { value })), Usual));

        Assert.Equal([Vector, Vector, Vector], glued);
        Assert.Equal([Vector, Vector], split);
    }

    [Fact]
    public void A_frame_without_crc_is_taken_at_its_sync()
    {
        var settings = Usual with { Crc = false, Length = 4 };

        var frames = Frames.ReadAll(new FrameReader(new ScriptedLink(Frames.Hex("00 AA AA 55 01 02 AA 55 03 04 AA")), settings));

        Assert.Equal([Frames.Hex("AA 55 01 02"), Frames.Hex("AA 55 03 04")], frames);
    }

    [Fact]
    public void Garbage_between_frames_loses_none()
    {
        // Garbage made of what could mislead: sync bytes, beginnings of true frames, anything.
        var misleading = Gen.Elements<byte>(0xAA, 0x55, 0x00, 0x01).ListOf().Select(bytes => bytes.ToArray());
        var beginning = Gen.Choose(0, Vector.Length - 1).Select(count => Vector[..count]);
        var anything = Gen.Choose(0, 255).Select(value => (byte)value).ListOf().Select(bytes => bytes.ToArray());
        var garbage = Gen.OneOf(misleading, beginning, anything);
        var payload = Gen.OneOf(Gen.Elements(0xAA, 0x55), Gen.Choose(0, 255)).Select(value => (byte)value).ArrayOf(16);
        var part = garbage.SelectMany(before => payload.Select(inside => (Garbage: before, Frame: Wrap(inside))));
        var streams = part.NonEmptyListOf().SelectMany(
            parts => Gen.Choose(1, 64).Select(piece => (Parts: parts.ToArray(), Piece: piece)));

        Prop.ForAll(streams.ToArbitrary(), stream => LosesNone(stream.Parts, stream.Piece)).QuickCheckThrowOnFailure();
    }

    private static bool LosesNone((byte[] Garbage, byte[] Frame)[] parts, int piece)
    {
        var bytes = parts.SelectMany(part => part.Garbage.Concat(part.Frame)).ToArray();
        var sent = parts.Select(part => part.Frame).ToArray();

        var read = Frames.ReadAll(new FrameReader(new ScriptedLink(bytes.Chunk(piece)), Usual));

        // Garbage that happens to prove itself (1 in 65,536 tries at a CRC) cannot be told from a frame.
        var isAmbiguous = read.Any(frame => !sent.Any(frame.SequenceEqual));
        return isAmbiguous || read.Select(Convert.ToHexString).SequenceEqual(sent.Select(Convert.ToHexString));
    }

    private static byte[] Wrap(byte[] payload)
    {
        byte[] frame = [0xAA, 0x55, .. payload, 0, 0];
        var crc = ModbusCrc.Of(payload);
        frame[^2] = (byte)crc;
        frame[^1] = (byte)(crc >> 8);
        return frame;
    }

    private static long Whole(byte[] frame, int offset, BinaryType type, bool isBigEndian = false)
    {
        Assert.True(new BinaryField(offset, type, isBigEndian).TryRead(frame, out var bits));
        return bits;
    }
}
