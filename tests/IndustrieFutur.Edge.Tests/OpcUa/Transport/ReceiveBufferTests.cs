using System.Buffers.Binary;
using IndustrieFutur.Edge.OpcUa.Transport;
using IndustrieFutur.Edge.OpcUa.Types;

namespace IndustrieFutur.Edge.Tests.OpcUa.Transport;

/// <summary>Chunks come out whole however the network cuts them, and a size is refused before anything is waited for.</summary>
public sealed class ReceiveBufferTests
{
    private const int ChunkBytesMax = 8_192;

    [Fact]
    public void Chunks_come_out_whole_however_the_network_cuts_them()
    {
        var seed = Random.Shared.Next();
        var random = new Random(seed);
        var wire = new List<byte>();
        var expected = Enumerable.Range(0, 500).Select(_ => NewChunk(random.Next(8, ChunkBytesMax + 1), random)).ToList();
        expected.ForEach(wire.AddRange);
        var left = wire.ToArray().AsSpan();
        var buffer = new ReceiveBuffer(ChunkBytesMax);
        var taken = 0;

        while (taken < expected.Count)
        {
            while (buffer.TryTake(out var header, out var start))
            {
                Assert.True(buffer.Bytes.AsSpan(start, header.Bytes).SequenceEqual(expected[taken]), $"chunk {taken}, seed {seed}");
                taken++;
            }

            var space = buffer.Space();
            Assert.False(space.IsEmpty, $"no space, seed {seed}");
            var piece = left[..Math.Min(left.Length, random.Next(1, space.Length + 1))];
            piece.CopyTo(space);
            buffer.Filled(piece.Length);
            left = left[piece.Length..];
        }

        Assert.True(left.IsEmpty);
    }

    [Theory]
    [InlineData("MSGF", 8_193, 0x80800000)]
    [InlineData("MSGF", 7, 0x80800000)]
    [InlineData("MSGF", -1, 0x80800000)]
    [InlineData("MSGF", int.MinValue, 0x80800000)]
    [InlineData("OPNC", 100, 0x807E0000)]
    [InlineData("HELA", 100, 0x807E0000)]
    [InlineData("MSGX", 100, 0x807E0000)]
    [InlineData("HTTP", 100, 0x807E0000)]
    [InlineData("\0\0\0\0", 0, 0x807E0000)]
    public void A_header_that_lies_is_refused_before_its_chunk_comes(string letters, int size, uint status)
    {
        var buffer = new ReceiveBuffer(ChunkBytesMax);
        var space = buffer.Space();
        System.Text.Encoding.ASCII.GetBytes(letters, space);
        BinaryPrimitives.WriteInt32LittleEndian(space[4..], size);
        buffer.Filled(8);

        var refused = Assert.Throws<UaException>(() => buffer.TryTake(out _, out _));

        Assert.Equal(status, refused.Status);
    }

    private static byte[] NewChunk(int bytes, Random random)
    {
        var chunk = new byte[bytes];
        random.NextBytes(chunk);
        new ChunkHeader(MessageType.Message, ChunkKind.Final, bytes).Write(chunk);
        return chunk;
    }
}
