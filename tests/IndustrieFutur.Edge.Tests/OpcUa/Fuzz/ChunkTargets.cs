using IndustrieFutur.Edge.OpcUa.SecureChannel;
using IndustrieFutur.Edge.OpcUa.Security;
using IndustrieFutur.Edge.OpcUa.Transport;
using IndustrieFutur.Edge.OpcUa.Types.Generated;
using IndustrieFutur.Edge.Tests.OpcUa.SecureChannel;
using IndustrieFutur.Edge.Tests.OpcUa.Vectors;

namespace IndustrieFutur.Edge.Tests.OpcUa.Fuzz;

/// <summary>What a peer can damage before anybody knows who it is, and the chunks of an open channel.</summary>
internal static class ChunkTargets
{
    private const uint ChannelId = 40;

    private const int ChunkBytesMax = 65_536;

    /// <summary>More than padding and signature take.</summary>
    private const int SecurityBytesMax = 128;

    /// <summary>Of both sides: the same one, for a test.</summary>
    private static readonly byte[] Nonce = new byte[32];

    public static IEnumerable<FuzzTarget> All(IReadOnlyList<CapturedChunk> captured)
    {
        var messages = captured.Where(chunk => chunk.Type == "MSGF" && !chunk.FromClient && chunk.Bytes[8] == ChannelId).Select(chunk => chunk.Bytes).ToArray();
        return
        [
            new("Hello", Of(captured, "HELF"), WhenWhole((buffer, length) => Handshake.ReadHello(buffer.AsSpan(0, length), out _))),
            new("Acknowledge", Of(captured, "ACKF"), WhenWhole((buffer, length) => Handshake.ReadAcknowledge(buffer.AsSpan(0, length)))),
            new("Error", [Convert.FromHexString("455252461000000000007E80FFFFFFFF")], WhenWhole((buffer, length) => Handshake.ReadError(buffer.AsSpan(0, length), "opc.tcp://127.0.0.1"))),
            new("chunk header", messages, WhenWhole((buffer, _) => ChunkHeader.Read(buffer, ChunkBytesMax))),
            new("message chunks", messages, WhenWhole((buffer, length) => ReadChunks(buffer, length, new NoKeys()))),
            .. SecurityPolicies.All.Where(policy => !policy.IsNone).SelectMany(policy => Secured(policy, messages)),
        ];
    }

    /// <summary>A private key takes a thousand times longer than any other decoder.</summary>
    public static IEnumerable<FuzzTarget> Slow()
    {
        var capture = SecuredCapture.ReadAll().Single(capture => capture.File == "secure-Basic256Sha256-SignAndEncrypt-2048-user.json");
        var channel = new RecordedChannel(capture);
        foreach (var isClient in new[] { true, false })
        {
            var wire = capture.Messages.Where(message => message.FromClient == isClient && message.Kind.StartsWith("OPN", StringComparison.Ordinal)).Select(message => message.Wire).ToArray();
            yield return new FuzzTarget(
                "OpenSecureChannel to the " + (isClient ? "server" : "client"),
                wire,
                WhenWhole((buffer, length) => channel.Open(isClient, buffer[..length])));
        }
    }

    public static IEnumerable<FuzzTarget> OpenInClear()
    {
        var wire = SecuredCapture.ReadAll().SelectMany(capture => capture.Messages).Where(message => message.Kind.StartsWith("OPN", StringComparison.Ordinal)).Select(message => message.Wire).ToArray();
        yield return new FuzzTarget("OpenSecureChannel, clear part", wire, WhenWhole((buffer, length) => OpenChunk.Read(buffer.AsSpan(0, length))));
    }

    private static byte[][] Of(IReadOnlyList<CapturedChunk> captured, string type) =>
        [.. captured.Where(chunk => chunk.Type == type).Select(chunk => chunk.Bytes)];

    private static IEnumerable<FuzzTarget> Secured(SecurityPolicy policy, byte[][] messages)
    {
        foreach (var mode in new[] { MessageSecurityMode.Sign, MessageSecurityMode.SignAndEncrypt })
        {
            yield return new FuzzTarget(
                $"message chunks, {policy.Name}, {mode}",
                [.. messages.Take(20).Select(message => Protected(policy, mode, message))],
                WhenWhole((buffer, length) => ReadChunks(buffer, length, policy.DeriveKeys(Nonce, Nonce, mode))));
        }
    }

    private static byte[] Protected(SecurityPolicy policy, MessageSecurityMode mode, byte[] message)
    {
        using var keys = policy.DeriveKeys(Nonce, Nonce, mode);
        var chunk = new byte[message.Length + SecurityBytesMax];
        message.CopyTo(chunk, 0);
        return chunk[..keys.Protect(chunk, 0, message.Length)];
    }

    /// <summary>A chunk reaches its decoder only when its eight bytes of header are there.</summary>
    private static Action<byte[], int> WhenWhole(Action<byte[], int> decode) => (buffer, length) =>
    {
        if (length >= ChunkHeader.HeaderBytes)
        {
            decode(buffer, length);
        }
    };

    /// <summary>The chunk's own header says how long it is, and is held against what is there, as the receive buffer does.</summary>
    private static void ReadChunks(byte[] buffer, int length, SymmetricKeys keys)
    {
        using var tokens = new TokenRing();
        tokens.Add(new ChannelToken(1, new NoKeys(), keys, 0, 0, long.MaxValue / 4));
        var reader = new ChunkReader(new NegotiatedLimits(ChunkBytesMax, 1 << 20, 16, ChunkBytesMax, 1 << 20, 16), tokens);
        for (var start = 0; length - start >= ChunkHeader.HeaderBytes;)
        {
            var header = ChunkHeader.Read(buffer.AsSpan(start), ChunkBytesMax);
            if (header.Bytes > length - start)
            {
                return;
            }

            reader.TryRead(buffer, new Chunk(header, start), ChannelId, 1, out _);
            start += header.Bytes;
        }
    }
}
