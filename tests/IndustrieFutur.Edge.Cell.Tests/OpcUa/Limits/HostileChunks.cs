using System.Buffers.Binary;
using System.Net;
using System.Text;
using IndustrieFutur.Edge.OpcUa.Types;
using IndustrieFutur.Edge.Tests.OpcUa.Server;

namespace IndustrieFutur.Edge.Cell.Tests.OpcUa.Limits;

/// <summary>Greetings, chunk headers and chunk counts that no client sends: each ends its own connection with an Error message that says why (OPC UA Part 6, 7.1.2.5 and 7.1.5).</summary>
internal sealed class HostileChunks(IPEndPoint server)
{
    private const int IntermediateChunks = 1_000;
    private const string Url = "opc.tcp://localhost";

    /// <summary>How many there were; fails at the first that was not refused as it must be.</summary>
    public int SendAll()
    {
        var count = 0;
        foreach (var (what, status, send) in Greetings().Concat(Openings()).Concat(Messages()))
        {
            using var client = new RawClient(server);
            send(client);
            var told = client.ReadError();
            Assert.True(status == told, $"{what} is refused with {StatusCodes.NameOf(told)}, not with {StatusCodes.NameOf(status)}.");
            Assert.True(client.ReadIsEnd(), $"{what} leaves its connection open.");
            count++;
        }

        return count;
    }

    /// <summary>Sizes that are larger than anybody's memory are no reason to refuse: we answer with our own.</summary>
    public void Greet_with_every_size_there_is()
    {
        using var client = new RawClient(server);
        client.SendBytes(Hello(uint.MaxValue, Url));
        var answer = client.ReadChunk();
        Assert.Equal("ACKF", Encoding.ASCII.GetString(answer, 0, 4));
        Assert.All([12, 16], at => Assert.InRange(BinaryPrimitives.ReadUInt32LittleEndian(answer.AsSpan(at)), 8_192u, 65_536u));
    }

    private static IEnumerable<(string What, uint Status, Action<RawClient> Send)> Greetings()
    {
        yield return ("A Hello with buffers of 0 bytes", StatusCodes.BadConnectionRejected, client => client.SendBytes(Hello(0, Url)));
        yield return ("A Hello with buffers of 8,191 bytes", StatusCodes.BadConnectionRejected, client => client.SendBytes(Hello(8_191, Url)));
        yield return ("A Hello whose URL has 5,000 bytes", StatusCodes.BadEncodingLimitsExceeded, client => client.SendBytes(Hello(65_536, new string('x', 5_000))));
        yield return ("A Hello whose URL claims 2^31 bytes", StatusCodes.BadEncodingLimitsExceeded, client => client.SendBytes(Patched(Hello(65_536, Url), 28, int.MaxValue)));
        yield return ("A Hello of 4 GiB", StatusCodes.BadTcpMessageTooLarge, client => client.SendBytes(Patched(Hello(65_536, Url), 4, -1)));
        yield return ("A Hello that is shorter than its header", StatusCodes.BadTcpMessageTooLarge, client => client.SendBytes(Patched(Hello(65_536, Url), 4, 7)));
        yield return ("A message before the Hello", StatusCodes.BadTcpMessageTypeInvalid, client => client.SendBytes(Header("MSGF", 8)));
        yield return ("A message that is none of OPC UA", StatusCodes.BadTcpMessageTypeInvalid, client => client.SendBytes("GET / HTTP/1.1\r\n\r\n"u8));
    }

    private static IEnumerable<(string What, uint Status, Action<RawClient> Send)> Openings()
    {
        yield return ("An opening whose policy claims 2^31 bytes", StatusCodes.BadEncodingLimitsExceeded, client => SendOpening(client, int.MaxValue));
        yield return ("An opening of 4 GiB", StatusCodes.BadTcpMessageTooLarge, client => SendAfterHello(client, Header("OPNF", -1)));
        yield return ("A second Hello", StatusCodes.BadTcpMessageTypeInvalid, client => SendAfterHello(client, Hello(65_536, Url)));
    }

    private static IEnumerable<(string What, uint Status, Action<RawClient> Send)> Messages()
    {
        yield return ("A chunk that claims 4 GiB", StatusCodes.BadTcpMessageTooLarge, client => SendOpen(client, () => client.SendBytes(Header("MSGF", -1))));
        yield return ("A chunk that claims 2 GiB", StatusCodes.BadTcpMessageTooLarge, client => SendOpen(client, () => client.SendBytes(Header("MSGC", int.MaxValue))));
        yield return ("A chunk that claims 65,537 bytes", StatusCodes.BadTcpMessageTooLarge, client => SendOpen(client, () => client.SendBytes(Header("MSGF", 65_537))));
        yield return ("A message of 1,000 intermediate chunks", StatusCodes.BadRequestTooLarge, client => SendOpen(client, () => SendPieces(client, IntermediateChunks, 8)));
        yield return ("A message of 65 MiB in chunks", StatusCodes.BadRequestTooLarge, client => SendOpen(client, () => SendPieces(client, IntermediateChunks, 65_000)));
        yield return ("Chunks of five messages at once", StatusCodes.BadEncodingLimitsExceeded, client => SendOpen(client, () => Interleave(client)));
    }

    private static void SendAfterHello(RawClient client, byte[] bytes)
    {
        client.SendBytes(Hello(65_536, Url));
        Assert.Equal("ACK", Encoding.ASCII.GetString(client.ReadChunk(), 0, 3));
        client.SendBytes(bytes);
    }

    private static void SendOpening(RawClient client, int policyBytes)
    {
        byte[] body = [0, 0, 0, 0, .. BitConverter.GetBytes(policyBytes), .. "http"u8];
        SendAfterHello(client, [.. Header("OPNF", 8 + body.Length), .. body]);
    }

    private static void SendOpen(RawClient client, Action send)
    {
        client.Open();
        send();
    }

    /// <summary>All but the last are intermediate.</summary>
    private static void SendPieces(RawClient client, int count, int bytesEach)
    {
        for (var i = 1; i <= count; i++)
        {
            client.SendChunk(isLast: i == count, new byte[bytesEach]);
        }
    }

    private static void Interleave(RawClient client)
    {
        for (var i = 0; i < 5; i++)
        {
            client.NextRequest();
            client.SendChunk(isLast: false, new byte[100]);
        }
    }

    private static byte[] Hello(uint bytes, string url)
    {
        byte[] sizes = [.. BitConverter.GetBytes(bytes), .. BitConverter.GetBytes(bytes), .. BitConverter.GetBytes(bytes), .. BitConverter.GetBytes(bytes)];
        byte[] body = [0, 0, 0, 0, .. sizes, .. BitConverter.GetBytes(url.Length), .. Encoding.ASCII.GetBytes(url)];
        return [.. Header("HELF", 8 + body.Length), .. body];
    }

    private static byte[] Header(string letters, int bytes) => [.. Encoding.ASCII.GetBytes(letters), .. BitConverter.GetBytes(bytes)];

    private static byte[] Patched(byte[] bytes, int at, int value)
    {
        BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(at), value);
        return bytes;
    }
}
