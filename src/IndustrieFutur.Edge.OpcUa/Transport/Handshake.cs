using System.Globalization;
using IndustrieFutur.Edge.OpcUa.Types;

namespace IndustrieFutur.Edge.OpcUa.Transport;

/// <summary>The three messages of a connection before it has a channel: Hello, Acknowledge, Error (OPC UA Part 6, 7.1.2).</summary>
public static class Handshake
{
    /// <summary>A Hello with the longest URL; the others are shorter, for a longer reason is cut.</summary>
    public const int MessageBytesMax = ChunkHeader.HeaderBytes + 20 + 4 + TextBytesMax;

    /// <summary>Longest URL and longest reason.</summary>
    private const int TextBytesMax = EndpointAddress.UrlBytesMax;

    private static readonly DecodeLimits Limits = new() { StringBytesMax = TextBytesMax };

    public static ReadOnlySpan<byte> WriteHello(MessageBuffer buffer, ChannelLimits limits, string url)
    {
        var writer = Begin(buffer, MessageType.Hello);
        BufferOffer.Of(limits).Write(ref writer);
        writer.WriteString(url);
        return End(buffer, writer);
    }

    public static ReadOnlySpan<byte> WriteAcknowledge(MessageBuffer buffer, in BufferOffer offer)
    {
        var writer = Begin(buffer, MessageType.Acknowledge);
        offer.Write(ref writer);
        return End(buffer, writer);
    }

    public static ReadOnlySpan<byte> WriteError(MessageBuffer buffer, uint status, string? reason)
    {
        var writer = Begin(buffer, MessageType.Error);
        writer.WriteStatusCode(status);
        writer.WriteString(reason);
        return End(buffer, writer);
    }

    /// <summary>Takes a whole chunk.</summary>
    public static BufferOffer ReadHello(ReadOnlySpan<byte> chunk, out string? url)
    {
        var reader = new UaReader(chunk[ChunkHeader.HeaderBytes..], Limits);
        var offer = BufferOffer.Read(ref reader);
        url = reader.ReadString();
        return offer;
    }

    /// <summary>Takes a whole chunk.</summary>
    public static BufferOffer ReadAcknowledge(ReadOnlySpan<byte> chunk)
    {
        var reader = new UaReader(chunk[ChunkHeader.HeaderBytes..], Limits);
        return BufferOffer.Read(ref reader);
    }

    /// <summary>What a peer says before it hangs up, as the exception that ends our side of it. Takes a whole chunk.</summary>
    public static UaException ReadError(ReadOnlySpan<byte> chunk, string peer)
    {
        var reader = new UaReader(chunk[ChunkHeader.HeaderBytes..], Limits);
        var status = reader.ReadStatusCode();
        var reason = reader.ReadString();
        var words = string.IsNullOrWhiteSpace(reason) ? "without a reason" : string.Create(CultureInfo.InvariantCulture, $"saying \"{Plain(reason)}\"");
        var isBad = (status & 0x8000_0000) != 0;
        return new UaException(
            isBad ? status : StatusCodes.BadCommunicationError,
            $"{peer} ends the connection with {StatusCodes.NameOf(status)}, {words}. It is connected again; its own log may say more.")
        {
            IsOfPeer = true,
        };
    }

    /// <summary>A peer's words end up in logs and on screens: one line, of bounded length, without control characters.</summary>
    public static string Plain(string words)
    {
        ArgumentNullException.ThrowIfNull(words);
        const int LengthMax = 200;
        var cut = words.Length > LengthMax ? string.Concat(words.AsSpan(0, LengthMax), "...") : words;
        return string.Create(cut.Length, cut, static (plain, text) =>
        {
            for (var i = 0; i < text.Length; i++)
            {
                plain[i] = char.IsControl(text[i]) ? ' ' : text[i];
            }
        });
    }

    private static UaWriter Begin(MessageBuffer buffer, MessageType type)
    {
        buffer.Clear();
        var writer = new UaWriter(buffer);
        Span<byte> header = stackalloc byte[ChunkHeader.HeaderBytes];
        new ChunkHeader(type, ChunkKind.Final, 0).Write(header);
        writer.WriteRaw(header);
        return writer;
    }

    private static ReadOnlySpan<byte> End(MessageBuffer buffer, UaWriter writer)
    {
        writer.PatchInt32(4, writer.Position);
        return buffer.Written;
    }
}
