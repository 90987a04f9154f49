using System.Buffers.Binary;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using IndustrieFutur.Edge.OpcUa.Transport;
using IndustrieFutur.Edge.OpcUa.Types;

namespace IndustrieFutur.Edge.App.OpcUa.Probe;

/// <summary>
/// Says Hello and looks who answers (OPC UA Part 6, 7.1.2). On a socket of its own and not by the client, because it must also recognise
/// what is no OPC UA server at all.
/// </summary>
internal sealed class ProtocolRung : IRung
{
    private const int HeaderBytes = 8;
    private const int AcknowledgeBytes = 28;

    /// <summary>An Error with the longest reason that OPC UA allows (Part 6, 7.1.2.5); a longer answer is no OPC UA.</summary>
    private const int AnswerBytesMax = HeaderBytes + 8 + 4_096;

    private const uint Acknowledge = 'A' | ('C' << 8) | ('K' << 16) | ('F' << 24);
    private const uint Error = 'E' | ('R' << 8) | ('R' << 16) | ('F' << 24);
    private const uint Http = 'H' | ('T' << 8) | ('T' << 16) | ('P' << 24);

    public string Name => "protocol";

    public RungAnswer Try(ProbeState state, CancellationToken cancellationToken)
    {
        using var tooLate = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        tooLate.CancelAfter(state.Request.Timeout);
        using var socket = new Socket(state.Reached.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            socket.ConnectAsync(new IPEndPoint(state.Reached, state.Request.Endpoint.Port), tooLate.Token).AsTask().GetAwaiter().GetResult();
            socket.SendAsync(Hello(state.Request.Endpoint.Url), tooLate.Token).AsTask().GetAwaiter().GetResult();
            return Judge(Receive(socket, tooLate.Token), state);
        }
        catch (SocketException cause)
        {
            return HungUp($"the connection breaks as soon as OPC UA is spoken: {cause.Message}");
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return RungAnswer.Broken(
                ExitCode.TimedOut,
                $"the connection is accepted, but nobody answers an OPC UA Hello within {ServerWords.Seconds(state.Request.Timeout)}",
                "is this the port of the OPC UA server? If it is, that server is stuck: restart it, or give it longer with --timeout");
        }
    }

    private static byte[] Hello(string url) =>
        Handshake.WriteHello(new MessageBuffer(Handshake.MessageBytesMax), new ChannelLimits(), url).ToArray();

    /// <summary>The whole answer, as long as it says to be; less when the other side hangs up, or is no OPC UA.</summary>
    private static byte[] Receive(Socket socket, CancellationToken tooLate)
    {
        var bytes = new byte[AnswerBytesMax];
        var (have, want) = (0, HeaderBytes);
        while (have < want)
        {
            var count = socket.ReceiveAsync(bytes.AsMemory(have, want - have), tooLate).AsTask().GetAwaiter().GetResult();
            if (count == 0)
            {
                break;
            }

            have += count;
            if (have == HeaderBytes && want == HeaderBytes && Kind(bytes) is Acknowledge or Error)
            {
                want = (int)Math.Clamp(BinaryPrimitives.ReadUInt32LittleEndian(bytes.AsSpan(4)), HeaderBytes, AnswerBytesMax);
            }
        }

        return bytes[..have];
    }

    private static uint Kind(ReadOnlySpan<byte> answer) => answer.Length < 4 ? 0 : BinaryPrimitives.ReadUInt32LittleEndian(answer);

    private static RungAnswer Judge(byte[] answer, ProbeState state) => Kind(answer) switch
    {
        Acknowledge when answer.Length == AcknowledgeBytes => Agreed(Handshake.ReadAcknowledge(answer)),
        Error when answer.Length >= HeaderBytes + 8 => Refused(answer.AsSpan(HeaderBytes), state),
        _ when answer.Length == 0 => HungUp("the other side hangs up when OPC UA is spoken"),
        Http => Stranger("a web server answers on this port"),
        _ => Stranger($"something else than OPC UA answers on this port (it begins with {Convert.ToHexString(answer.AsSpan(0, Math.Min(answer.Length, HeaderBytes)))})"),
    };

    private static RungAnswer Agreed(in BufferOffer offer) => RungAnswer.Ok(
        "an OPC UA server answers",
        new RungFact("protocol version", Number(offer.ProtocolVersion)),
        new RungFact("server takes chunks up to", Bytes(offer.ReceiveBufferBytes)),
        new RungFact("server sends chunks up to", Bytes(offer.SendBufferBytes)),
        new RungFact("server takes messages up to", Limit(offer.MessageBytesMax, "bytes")),
        new RungFact("server takes messages of", Limit(offer.ChunksMax, "chunks")));

    private static RungAnswer Refused(ReadOnlySpan<byte> body, ProbeState state)
    {
        var reader = new UaReader(body);
        var status = reader.ReadStatusCode();
        var reason = ServerWords.Plain(reader.ReadString());
        var said = reason.Length == 0 ? "" : $", saying \"{reason}\"";
        return ProbeAdvice.On(new UaException(status, $"the server ends the connection with {StatusCodes.NameOf(status)}{said}"), state);
    }

    private static RungAnswer HungUp(string text) => RungAnswer.Broken(
        ExitCode.CannotConnect,
        text,
        "is this the port of the OPC UA server? If it is, it may have no connection left, or let only some addresses in: look at its settings");

    private static RungAnswer Stranger(string text) => RungAnswer.Broken(
        ExitCode.CannotConnect, text, "correct the port: 4840 is the usual one of OPC UA, and the server's settings show its own");

    private static string Number(uint number) => number.ToString(CultureInfo.InvariantCulture);

    private static string Bytes(uint number) => Number(number) + " bytes";

    private static string Limit(uint number, string what) => number == 0 ? $"any number of {what}" : $"{Number(number)} {what}";
}
