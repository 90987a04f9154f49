using System.Security.Cryptography;
using IndustrieFutur.Edge.OpcUa.SecureChannel;
using IndustrieFutur.Edge.OpcUa.Security;
using IndustrieFutur.Edge.OpcUa.Transport;
using IndustrieFutur.Edge.OpcUa.Types;
using IndustrieFutur.Edge.OpcUa.Types.Generated;

namespace IndustrieFutur.Edge.Tests.OpcUa.SecureChannel;

/// <summary>Messages come out of their chunks whole; what repeats, mixes or swells is refused, and costs no memory.</summary>
public sealed class ChunkReaderTests : IDisposable
{
    private const uint ChannelId = 7;
    private const long HourNanos = 3_600_000_000_000;

    /// <summary>i=1, and a body that says what it is.</summary>
    private static readonly byte[] Type = [0, 1];

    private readonly NegotiatedLimits _limits = new(8_192, 100_000, 20, 8_192, 1_000_000, 1_000);
    private readonly TokenRing _tokens = new();
    private readonly ChannelToken _sending;
    private readonly ChunkWriter _writer;
    private readonly ChunkReader _reader;

    public ChunkReaderTests()
    {
        var secret = RandomNumberGenerator.GetBytes(32);
        var policy = SecurityPolicies.Aes256Sha256RsaPss;
        SymmetricKeys Keys() => policy.DeriveKeys(secret, secret, MessageSecurityMode.SignAndEncrypt);
        _sending = new ChannelToken(3, Keys(), Keys(), 0, 0, HourNanos);
        _tokens.Add(new ChannelToken(3, Keys(), Keys(), 0, 0, HourNanos));
        _writer = new ChunkWriter(_limits);
        _reader = new ChunkReader(_limits, _tokens);
    }

    [Theory]
    [InlineData(2)]
    [InlineData(8_000)]
    [InlineData(8_200)]
    [InlineData(99_999)]
    [InlineData(100_000)]
    public void A_message_comes_out_as_it_went_in(int bytes)
    {
        var message = NewMessage(bytes);

        var received = ReadAll(Chunks(9, message), out var requestId, out var typeId, out var abortStatus);

        Assert.Equal(message[2..], received);
        Assert.Equal((9u, 1u, 0u), (requestId, typeId, abortStatus));
    }

    [Fact]
    public void Chunks_of_two_messages_may_be_mixed()
    {
        var (first, second) = (NewMessage(20_000), NewMessage(18_000));
        var left1 = (ReadOnlySpan<byte>)first;
        var left2 = (ReadOnlySpan<byte>)second;
        var bodies = new List<byte[]>();

        while (bodies.Count < 2)
        {
            Take(1, ref left1);
            Take(2, ref left2);
        }

        Assert.Equal(first[2..], bodies[0]);
        Assert.Equal(second[2..], bodies[1]);

        void Take(uint requestId, ref ReadOnlySpan<byte> left)
        {
            var chunk = _writer.Next(MessageType.Message, ChannelId, _sending, requestId, ref left).ToArray();
            if (TryRead(chunk, out var message))
            {
                Assert.Equal(requestId, message.RequestId);
                bodies.Add(message.Body.ToArray());
            }
        }
    }

    [Fact]
    public void A_peer_that_begins_message_after_message_is_refused()
    {
        for (uint requestId = 1; requestId <= Reassembler.OpenMax; requestId++)
        {
            Assert.False(TryRead(Chunk(ChunkKind.Intermediate, requestId, Type), out _));
        }

        var refused = Assert.Throws<UaException>(() => TryRead(Chunk(ChunkKind.Intermediate, 99, Type), out _));

        Assert.Equal(StatusCodes.BadEncodingLimitsExceeded, refused.Status);
    }

    [Fact]
    public void Mixed_messages_hold_together_no_more_than_one_may()
    {
        var ends = new Dictionary<uint, uint>();
        ReadOnlySpan<byte> left1 = NewMessage(60_000);
        ReadOnlySpan<byte> left2 = NewMessage(60_000);
        while (ends.Count < 2)
        {
            Take(1, ref left1);
            Take(2, ref left2);
        }

        Assert.Equal(StatusCodes.BadResponseTooLarge, ends[1]);
        Assert.Equal(0u, ends[2]);
        Assert.Equal(60_000 - 2, ReadAll(Chunks(3, NewMessage(60_000)), out _, out _, out _).Length);

        void Take(uint requestId, ref ReadOnlySpan<byte> left)
        {
            var chunk = _writer.Next(MessageType.Message, ChannelId, _sending, requestId, ref left).ToArray();
            if (TryRead(chunk, out var message))
            {
                ends[message.RequestId] = message.AbortStatus;
            }
        }
    }

    [Theory]
    [InlineData(100_001)]
    [InlineData(900_000)]
    public void A_message_that_is_too_large_is_thrown_away_and_the_next_one_taken(int bytes)
    {
        var tooLarge = ReadAll(Chunks(1, NewMessage(bytes)), out var requestId, out _, out var abortStatus);

        Assert.Empty(tooLarge);
        Assert.Equal((1u, StatusCodes.BadResponseTooLarge), (requestId, abortStatus));
        Assert.Equal(50_000 - 2, ReadAll(Chunks(2, NewMessage(50_000)), out _, out _, out _).Length);
    }

    [Fact]
    public void Too_many_chunks_are_too_large_a_message_however_small_they_are()
    {
        for (var i = 0; i < 30; i++)
        {
            Assert.False(TryRead(Chunk(ChunkKind.Intermediate, 1, Type), out _));
        }

        Assert.True(TryRead(Chunk(ChunkKind.Final, 1, Type), out var message));
        Assert.Equal(StatusCodes.BadResponseTooLarge, message.AbortStatus);
    }

    [Fact]
    public void What_the_sender_gives_up_is_thrown_away_with_his_status()
    {
        Assert.False(TryRead(Chunk(ChunkKind.Intermediate, 5, NewMessage(2_000)), out _));

        Assert.True(TryRead(Chunk(ChunkKind.Abort, 5, [.. BitConverter.GetBytes(StatusCodes.BadRequestTooLarge), 255, 255, 255, 255]), out var message));

        Assert.Equal(StatusCodes.BadRequestTooLarge, message.AbortStatus);
        Assert.Equal(0u, message.TypeId);
        Assert.True(TryRead(Chunks(5, NewMessage(10))[0], out var whole));
        Assert.Equal(8, whole.Body.Length);
    }

    [Fact]
    public void A_chunk_that_is_sent_again_is_refused()
    {
        var chunk = Chunks(1, NewMessage(10))[0];
        Assert.True(TryRead(chunk, out _));

        // As it was sent: decrypting is done in place, on a copy.
        Assert.Equal(StatusCodes.BadSequenceNumberInvalid, Refused(chunk));
    }

    [Fact]
    public void A_chunk_that_is_left_out_is_missed()
    {
        Assert.True(TryRead(Chunks(1, NewMessage(10))[0], out _));
        Chunks(2, NewMessage(10));

        Assert.Equal(StatusCodes.BadSequenceNumberInvalid, Refused(Chunks(3, NewMessage(10))[0]));
    }

    [Fact]
    public void Another_channel_or_token_is_refused()
    {
        var otherChannel = Chunks(1, NewMessage(10))[0];
        otherChannel[8] ^= 1;
        var otherToken = Chunks(1, NewMessage(10))[0];
        otherToken[12] ^= 1;

        Assert.Equal(StatusCodes.BadTcpSecureChannelUnknown, Refused(otherChannel));
        Assert.Equal(StatusCodes.BadSecureChannelTokenUnknown, Refused(otherToken));
    }

    [Theory]
    [InlineData(8)]
    [InlineData(23)]
    public void A_chunk_that_is_too_short_for_its_headers_is_refused(int bytes)
    {
        Assert.Equal(StatusCodes.BadDecodingError, Refused(Chunks(1, NewMessage(10))[0][..bytes]));
    }

    [Theory]
    [InlineData("010101000000", 1u)]
    [InlineData("0101", null)]
    [InlineData("", null)]
    public void A_type_id_of_another_namespace_is_none_and_a_broken_one_is_refused(string hex, uint? rest)
    {
        var chunk = Chunk(ChunkKind.Final, 1, Convert.FromHexString(hex));

        if (rest is null)
        {
            Assert.Equal(StatusCodes.BadDecodingError, Refused(chunk));
            return;
        }

        Assert.True(TryRead(chunk, out var message));
        Assert.Equal(0u, message.TypeId);
    }

    public void Dispose()
    {
        _tokens.Dispose();
        _sending.Dispose();
    }

    private static byte[] NewMessage(int bytes) => [.. Type, .. RandomNumberGenerator.GetBytes(bytes - Type.Length)];

    private List<byte[]> Chunks(uint requestId, byte[] message)
    {
        var chunks = new List<byte[]>();
        var left = (ReadOnlySpan<byte>)message;
        do
        {
            chunks.Add(_writer.Next(MessageType.Message, ChannelId, _sending, requestId, ref left).ToArray());
        }
        while (!left.IsEmpty);
        return chunks;
    }

    /// <summary>A chunk of a kind that our own writer would not make here.</summary>
    private byte[] Chunk(ChunkKind kind, uint requestId, byte[] body)
    {
        var chunk = new byte[24 + body.Length + 64];
        new ChunkHeader(MessageType.Message, kind, 0).Write(chunk);
        BitConverter.TryWriteBytes(chunk.AsSpan(8), ChannelId);
        BitConverter.TryWriteBytes(chunk.AsSpan(12), _sending.Id);
        BitConverter.TryWriteBytes(chunk.AsSpan(16), _writer.NextSequenceNumber());
        BitConverter.TryWriteBytes(chunk.AsSpan(20), requestId);
        body.CopyTo(chunk, 24);
        return chunk[.._sending.Sending.Protect(chunk, 0, 24 + body.Length)];
    }

    private byte[] ReadAll(List<byte[]> chunks, out uint requestId, out uint typeId, out uint abortStatus)
    {
        for (var i = 0; i < chunks.Count - 1; i++)
        {
            Assert.False(TryRead(chunks[i], out _));
        }

        Assert.True(TryRead(chunks[^1], out var message));
        (requestId, typeId, abortStatus) = (message.RequestId, message.TypeId, message.AbortStatus);
        return message.Body.ToArray();
    }

    private uint Refused(byte[] chunk) => Assert.ThrowsAny<UaException>(() => TryRead(chunk, out _)).Status;

    private bool TryRead(byte[] wire, out ReceivedMessage message)
    {
        var bytes = wire.ToArray();
        var kind = (ChunkKind)bytes[3];
        return _reader.TryRead(bytes, new Chunk(new ChunkHeader(MessageType.Message, kind, bytes.Length), 0), ChannelId, 1, out message);
    }
}
