using IndustrieFutur.Edge.OpcUa.Transport;
using IndustrieFutur.Edge.OpcUa.Types;

namespace IndustrieFutur.Edge.Tests.OpcUa.Transport;

/// <summary>Hello, Acknowledge and Error are those of the standard, and the lower limit of both sides holds.</summary>
public sealed class HandshakeTests
{
    private readonly MessageBuffer _buffer = new(Handshake.MessageBytesMax);

    [Fact]
    public void A_Hello_is_that_of_a_captured_client()
    {
        var limits = new ChannelLimits { ReceiveBufferBytes = 65_536, SendBufferBytes = 65_536, MessageBytesMax = 0x0020_0000, ChunksMax = 64 };

        var hello = Handshake.WriteHello(_buffer, limits, "opc.tcp://127.0.0.1:48421");

        Assert.Equal(
            "48454C46390000000000000000000100000001000000200040000000190000006F70632E7463703A2F2F3132372E302E302E313A3438343231",
            Convert.ToHexString(hello));
        var offer = Handshake.ReadHello(hello, out var url);
        Assert.Equal(new BufferOffer(0, 65_536, 65_536, 0x0020_0000, 64), offer);
        Assert.Equal("opc.tcp://127.0.0.1:48421", url);
    }

    [Fact]
    public void The_lower_limit_of_both_sides_holds_and_zero_is_none()
    {
        var ours = new ChannelLimits();

        var limits = NegotiatedLimits.Of(ours, new BufferOffer(0, 8_192, 524_288, 0, 10));

        Assert.Equal(ours.ReceiveBufferBytes, limits.ReceiveChunkBytes);
        Assert.Equal(8_192, limits.SendChunkBytes);
        Assert.Equal(ours.MessageBytesMax, limits.SendMessageBytesMax);
        Assert.Equal(10, limits.SendChunksMax);
    }

    [Fact]
    public void A_servers_answer_never_asks_for_more_than_the_client_has()
    {
        var answer = new BufferOffer(0, 10_000, 20_000, 1, 1).Answer(new ChannelLimits());

        Assert.Equal(20_000u, answer.ReceiveBufferBytes);
        Assert.Equal(10_000u, answer.SendBufferBytes);
    }

    [Theory]
    [InlineData(0u, 65_536u)]
    [InlineData(8_191u, 65_536u)]
    [InlineData(65_536u, 100u)]
    public void Buffers_that_are_too_small_are_refused(uint receive, uint send)
    {
        var refused = Assert.Throws<UaException>(() => NegotiatedLimits.Of(new ChannelLimits(), new BufferOffer(0, receive, send, 0, 0)));

        Assert.Equal(StatusCodes.BadConnectionRejected, refused.Status);
    }

    [Fact]
    public void An_Error_becomes_one_line_whatever_it_says()
    {
        var error = Handshake.WriteError(_buffer, StatusCodes.BadTcpServerTooBusy, "come\r\nback\u001b[31m later " + new string('x', 1_000));

        var said = Handshake.ReadError(error, "plc:4840");

        Assert.Equal(StatusCodes.BadTcpServerTooBusy, said.Status);
        Assert.Contains("\"come  back [31m later xxx", said.Message, StringComparison.Ordinal);
        Assert.True(said.Message.Length < 500);
        Assert.DoesNotContain(said.Message, char.IsControl);
    }

    [Fact]
    public void An_Error_without_a_reason_or_a_bad_status_is_an_error_all_the_same()
    {
        var said = Handshake.ReadError(Handshake.WriteError(_buffer, 0, null), "plc:4840");

        Assert.Equal(StatusCodes.BadCommunicationError, said.Status);
        Assert.Contains("without a reason", said.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_text_that_claims_more_than_may_be_is_refused()
    {
        var hello = Handshake.WriteHello(_buffer, new ChannelLimits(), "opc.tcp://plc").ToArray();
        BitConverter.TryWriteBytes(hello.AsSpan(28), 4_096);

        Assert.Throws<UaDecodingException>(() => Handshake.ReadHello(hello, out _));
    }
}
