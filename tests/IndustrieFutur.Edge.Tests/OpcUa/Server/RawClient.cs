using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;
using IndustrieFutur.Edge.OpcUa.SecureChannel;
using IndustrieFutur.Edge.OpcUa.Transport;
using IndustrieFutur.Edge.OpcUa.Types;
using IndustrieFutur.Edge.OpcUa.Types.Generated;

namespace IndustrieFutur.Edge.Tests.OpcUa.Server;

/// <summary>A client that opens a channel without security and then keeps to no limit.</summary>
internal sealed class RawClient : IDisposable
{
    private const int HeaderBytes = 24;
    private const int OpeningRequest = 1;

    private readonly Socket _socket = new(SocketType.Stream, ProtocolType.Tcp) { ReceiveTimeout = 10_000, SendTimeout = 10_000 };
    private uint _sequence = 1;
    private uint _requestId = OpeningRequest + 1;
    private uint _channelId;
    private uint _tokenId;

    public RawClient(IPEndPoint server) => _socket.Connect(server);

    public void Open()
    {
        _socket.Send(Handshake.WriteHello(new MessageBuffer(Handshake.MessageBytesMax), new ChannelLimits(), "opc.tcp://localhost"));
        Assert.Equal("ACK"u8, ReadChunk().AsSpan(0, 3));
        var message = new MessageBuffer(8_192);
        MessageBody.Write(message, new OpenSecureChannelRequest { SecurityMode = MessageSecurityMode.None });
        _socket.Send(OpenChunkWriter.Write(AsymmetricKeys.None, 0, _sequence++, OpeningRequest, message.Written, 8_192));

        var opened = OpenChunk.Read(ReadChunk());
        var reader = new UaReader(opened.Open(AsymmetricKeys.None));
        reader.Skip(2 * sizeof(uint));
        reader.ReadNodeId();
        var token = OpenSecureChannelResponse.Decode(ref reader).SecurityToken;
        (_channelId, _tokenId) = (token.ChannelId, token.TokenId);
    }

    public void NextRequest() => _requestId++;

    public void SendChunk(bool isLast, byte[] body)
    {
        var chunk = new byte[HeaderBytes + body.Length];
        (isLast ? "MSGF"u8 : "MSGC"u8).CopyTo(chunk);
        uint[] fields = [(uint)chunk.Length, _channelId, _tokenId, _sequence++, _requestId];
        for (var i = 0; i < fields.Length; i++)
        {
            BinaryPrimitives.WriteUInt32LittleEndian(chunk.AsSpan(4 + (4 * i)), fields[i]);
        }

        body.CopyTo(chunk, HeaderBytes);
        _socket.Send(chunk);
    }

    /// <summary>Bytes that are anything.</summary>
    public void SendBytes(ReadOnlySpan<byte> bytes) => _socket.Send(bytes);

    /// <summary>The server has hung up: nothing comes any more.</summary>
    public bool ReadIsEnd()
    {
        try
        {
            return _socket.Receive(new byte[1]) == 0;
        }
        catch (SocketException reset) when (reset.SocketErrorCode == SocketError.ConnectionReset)
        {
            return true;
        }
    }

    /// <summary>The status with which the server hangs up.</summary>
    public uint ReadError()
    {
        var chunk = ReadChunk();
        Assert.Equal("ERRF"u8, chunk.AsSpan(0, 4));
        return BinaryPrimitives.ReadUInt32LittleEndian(chunk.AsSpan(8));
    }

    /// <summary>Reads one chunk: whether it is of a message, and not the server hanging up.</summary>
    public bool ReadIsAnswer() => ReadChunk().AsSpan(0, 3).SequenceEqual("MSG"u8);

    public void Dispose() => _socket.Dispose();

    public byte[] ReadChunk()
    {
        var header = ReadExactly(8);
        var bytes = BinaryPrimitives.ReadInt32LittleEndian(header.AsSpan(4));
        return [.. header, .. ReadExactly(bytes - header.Length)];
    }

    private byte[] ReadExactly(int count)
    {
        var bytes = new byte[count];
        for (var done = 0; done < count;)
        {
            var more = _socket.Receive(bytes.AsSpan(done));
            Assert.True(more > 0, "The server hung up without a word.");
            done += more;
        }

        return bytes;
    }
}
