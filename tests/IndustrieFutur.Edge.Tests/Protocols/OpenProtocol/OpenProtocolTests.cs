using System.Text;
using IndustrieFutur.Edge.Protocols.Links;
using IndustrieFutur.Edge.Protocols.OpenProtocol;
using IndustrieFutur.Edge.Tests.Protocols.Framed;

namespace IndustrieFutur.Edge.Tests.Protocols.OpenProtocol;

/// <summary>Messages of Open Protocol are read and written as its specification prints them, and what is no message is dropped up to the next.</summary>
public sealed class OpenProtocolTests
{
    private const string Start = "00200001003         \0";

    [Fact]
    public void The_example_of_the_specification_is_read_value_by_value()
    {
        var message = RecordedResult.Message;

        Assert.Equal(TighteningField.MessageBytes, message.Length);
        Assert.True(OpenProtocolHeader.TryRead(message, out var header));
        Assert.Equal(new OpenProtocolHeader(61, 1, false), header);
        Assert.True(TighteningField.AreIn(message));
        Assert.Equal("KPOL3456JKLO897", Encoding.ASCII.GetString(TighteningField.Vin.Of(message)).TrimEnd());
        Assert.Equal([739L, 1200, 840, 0, 1, 345675, 3], new[]
        {
            TighteningField.Torque, TighteningField.TorqueTarget, TighteningField.TorqueMin, TighteningField.Angle,
            TighteningField.Ok, TighteningField.Id, TighteningField.ParameterSet,
        }.Select(field => Number(field, message)));
        Assert.Equal("2001-06-02:09:54:09", Encoding.ASCII.GetString(TighteningField.Time.Of(message)));
    }

    [Fact]
    public void A_message_without_data_is_its_header_and_a_nul()
    {
        var link = new ScriptedLink();

        OpenProtocolLink.OverTcp(link).Send(OpenProtocolMid.ResultAcknowledge);

        Assert.Equal("00200062001         \0", Encoding.ASCII.GetString([.. link.Written]));
    }

    [Fact]
    public void On_a_serial_line_it_stands_between_STX_and_ETX_and_ours_call_for_attention_first()
    {
        var (ours, theirs) = (new ScriptedLink(), new ScriptedLink());

        OpenProtocolLink.ToController(ours).Send(OpenProtocolMid.KeepAlive);
        OpenProtocolLink.ToIntegrator(theirs).Send(OpenProtocolMid.KeepAlive);

        Assert.Equal("\a\t\a\t\u000200209999001         \u0003", Encoding.ASCII.GetString([.. ours.Written]));
        Assert.Equal("\u000200209999001         \u0003", Encoding.ASCII.GetString([.. theirs.Written]));
    }

    [Theory]
    [InlineData("00200001            \0", 1)]
    [InlineData("00200001000         \0", 1)]
    [InlineData(Start, 3)]
    [InlineData("002000010031        \0", 3)]
    public void The_revision_may_be_left_out(string message, int revision)
    {
        Assert.Equal([(1, revision)], Read(message).Select(header => (header.Mid, header.Revision)));
    }

    [Theory]
    [InlineData("garbage\0")]
    [InlineData("0019000100\0")]
    [InlineData("99990001001         \0")]
    [InlineData("-0200001001         \0")]
    [InlineData("00\0")]
    [InlineData("0040000100\0")]
    [InlineData("0020000100x         \0")]
    [InlineData("\0\0\0")]
    public void What_is_no_message_is_dropped_and_the_next_one_is_read(string noise)
    {
        Assert.Equal([1], Read(noise + Start).Select(header => header.Mid));
    }

    [Fact]
    public void A_message_may_come_byte_by_byte()
    {
        var text = Start + "00200060001         \0";

        var headers = Read([.. text.Select(character => character.ToString())]);

        Assert.Equal([1, 60], headers.Select(header => header.Mid));
    }

    [Fact]
    public void A_message_that_lost_bytes_costs_itself_alone()
    {
        var result = Encoding.ASCII.GetString(RecordedResult.OnTcp);

        var headers = Read(result.Remove(100, 7) + result + Start);

        Assert.Equal([61, 1], headers.Select(header => header.Mid));
    }

    [Fact]
    public void Whatever_precedes_it_the_message_after_the_next_is_read()
    {
        const string Alphabet = "0000122 49x\0";
        var seed = Random.Shared.Next();
        var random = new Random(seed);
        for (var round = 0; round < 20_000; round++)
        {
            var noise = new string([.. Enumerable.Range(0, random.Next(60)).Select(_ => Alphabet[random.Next(Alphabet.Length)])]);

            var headers = Read(noise + Start, "00209999            \0");

            Assert.True(headers.Count > 0 && headers[^1].Mid == OpenProtocolMid.KeepAlive, $"seed {seed}, noise {noise.Replace('\0', '~')}");
        }
    }

    [Fact]
    public void A_result_whose_parameters_are_not_in_their_places_is_none()
    {
        var message = RecordedResult.Message;
        message[TighteningField.Torque.Position - 2] = (byte)'9';

        Assert.False(TighteningField.AreIn(message));
        Assert.False(TighteningField.AreIn(message.AsSpan(0, 230)));
    }

    private static long Number(TighteningField field, byte[] message)
    {
        Assert.True(OpenProtocolText.TryNumber(field.Of(message), out var number));
        return number;
    }

    private static List<OpenProtocolHeader> Read(params string[] pieces)
    {
        var link = new ScriptedLink([.. pieces.Select(Encoding.ASCII.GetBytes)]);
        var session = OpenProtocolLink.OverTcp(link);
        var headers = new List<OpenProtocolHeader>();
        while (session.TryRead(LinkClock.NowNanos(), out var header, out _))
        {
            headers.Add(header);
        }

        return headers;
    }
}
