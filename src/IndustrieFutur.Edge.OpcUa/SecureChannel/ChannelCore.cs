using IndustrieFutur.Edge.OpcUa.Security;
using IndustrieFutur.Edge.OpcUa.Transport;
using IndustrieFutur.Edge.OpcUa.Types;
using IndustrieFutur.Edge.OpcUa.Types.Generated;

namespace IndustrieFutur.Edge.OpcUa.SecureChannel;

/// <summary>
/// What both ends of a channel have in common: chunks out, chunks in, tokens, sequence numbers (OPC UA Part 6, 6.7). A client and a
/// server are roles on it.
/// </summary>
internal sealed class ChannelCore(ChunkLink link, NegotiatedLimits limits) : IDisposable
{
    /// <summary>A nonce longer than this is no nonce.</summary>
    private const int NonceBytesMax = PSha256.SeedBytesMax;

    private readonly TokenRing _tokens = new();
    private readonly ChunkWriter _writer = new(limits);
    private ChunkReader? _reader;
    private byte[] _lastPeerNonce = [];

    public uint ChannelId { get; set; }

    public TokenRing Tokens => _tokens;

    public ChannelCounters Counters => link.Counters;

    public string Peer => link.Peer;

    /// <summary>How long the peer may take no byte.</summary>
    public TimeSpan SendTimeout
    {
        set => link.SendTimeout = value;
    }

    private ChunkReader Reader => _reader ??= new ChunkReader(limits, _tokens);

    /// <summary>How large a message may be that is sent.</summary>
    public int MessageBytesMax => _writer.MessageBytesMax(_tokens.Newest.Sending);

    /// <summary>Sends a message, type id included, whose size was checked.</summary>
    public void Send(MessageType type, uint requestId, ReadOnlySpan<byte> message)
    {
        var token = _tokens.ForSending(MonoTime.NowNanos());
        do
        {
            link.Send(_writer.Next(type, ChannelId, token, requestId, ref message));
        }
        while (!message.IsEmpty);
        Counters.MessagesSent++;
    }

    /// <summary>Sends the message that opens or renews the channel.</summary>
    public void SendOpen(AsymmetricKeys keys, uint requestId, ReadOnlySpan<byte> message) =>
        link.Send(OpenChunkWriter.Write(keys, ChannelId, _writer.NextSequenceNumber(), requestId, message, limits.SendChunkBytes));

    public bool TryReceive(long untilNanos, out Chunk chunk) => link.TryReceive(untilNanos, out chunk);

    public ReadOnlySpan<byte> Of(Chunk chunk) => link.Of(chunk);

    /// <summary>True when the chunk completes a message.</summary>
    public bool TryRead(Chunk chunk, long nowNanos, out ReceivedMessage message)
    {
        if (!Reader.TryRead(link.Bytes, chunk, ChannelId, nowNanos, out message))
        {
            return false;
        }

        Counters.MessagesReceived++;
        return true;
    }

    /// <summary>The message that opens or renews the channel, checked and without its request id.</summary>
    public ReadOnlySpan<byte> ReadOpen(in OpenChunk chunk, AsymmetricKeys keys, out uint requestId)
    {
        if (chunk.PolicyUri != keys.Policy.Uri)
        {
            throw new UaException(
                StatusCodes.BadSecurityPolicyRejected,
                $"{Peer} answers under another security policy than {keys.Policy}, which was agreed; the connection is closed. No weaker one is taken.");
        }

        var reader = new UaReader(chunk.Open(keys));
        Reader.CheckSequence(reader.ReadUInt32());
        requestId = reader.ReadUInt32();
        return reader.Rest;
    }

    /// <summary>Makes the token that both nonces stand for; a nonce must be long enough and new (OPC UA Part 4, 5.5.2.2).</summary>
    public void AddToken(SecurityPolicy policy, MessageSecurityMode mode, uint id, byte[] ownNonce, byte[]? peerNonce, long sentNanos, long lifetimeMillis)
    {
        var nonce = Checked(peerNonce ?? [], policy, ownNonce);
        var sending = policy.DeriveKeys(nonce, ownNonce, mode);
        var receiving = policy.DeriveKeys(ownNonce, nonce, mode);
        _tokens.Add(new ChannelToken(id, sending, receiving, sentNanos, MonoTime.NowNanos(), lifetimeMillis * 1_000_000));
        _lastPeerNonce = nonce;
    }

    /// <summary>How large a message may be that is received, as things stand.</summary>
    public int ReceivedBytesMax => Reader.MessageBytesMax;

    /// <summary>See <see cref="Reassembler.Bound"/>.</summary>
    public void Bound(NewcomerLimits? newcomers) => Reader.Bound(newcomers);

    public void IgnoreStop() => link.IgnoreStop();

    public void Dispose()
    {
        _reader?.Bound(null);
        link.Dispose();
        _tokens.Dispose();
    }

    private byte[] Checked(byte[] nonce, SecurityPolicy policy, byte[] ownNonce)
    {
        if (policy.IsNone)
        {
            return [];
        }

        if (nonce.Length < policy.NonceBytes || nonce.Length > NonceBytesMax)
        {
            throw BadNonce($"has {nonce.Length} bytes, {policy.NonceBytes} to {NonceBytesMax} are needed");
        }

        return nonce.AsSpan().SequenceEqual(_lastPeerNonce) || nonce.AsSpan().SequenceEqual(ownNonce)
            ? throw BadNonce("was used before")
            : nonce;
    }

    private UaException BadNonce(string what) => new(
        StatusCodes.BadNonceInvalid,
        $"The random number that {Peer} sent for the channel's keys {what}; the channel is closed, for its keys would be weak. Its software needs an update.");
}
