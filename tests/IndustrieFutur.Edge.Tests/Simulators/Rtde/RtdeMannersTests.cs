using System.Buffers.Binary;
using System.Text;
using IndustrieFutur.Edge.Protocols.Links;
using IndustrieFutur.Edge.Protocols.Rtde;

namespace IndustrieFutur.Edge.Tests.Simulators.Rtde;

/// <summary>Whatever a client asks of the simulated controller has an answer, as the RTDE guide has it or as a text that says what was wrong: nobody waits for ever.</summary>
public sealed class RtdeMannersTests : IDisposable
{
    private readonly RtdeScene _scene = new();

    [Fact]
    public void Inputs_are_not_found_and_their_recipe_has_the_number_0()
    {
        var link = Negotiated();

        Write(link, 'I', "speed_slider_mask,input_int_register_24"u8);

        Assert.Equal("This simulated controller takes no inputs; its outputs can be read.", Text(link, RtdeTextLevel.Warning));
        Assert.Equal([(byte)'I', 0, .. "NOT_FOUND,NOT_FOUND"u8], Next(link));
    }

    [Fact]
    public void An_input_that_another_client_owns_is_in_use()
    {
        _scene.Server.Refuse("speed_slider_mask", RtdeRecipeField.InUse);
        var link = Negotiated();

        Write(link, 'I', "speed_slider_mask,speed_slider_fraction"u8);

        Text(link, RtdeTextLevel.Warning);
        Assert.Equal([(byte)'I', 0, .. "IN_USE,NOT_FOUND"u8], Next(link));
    }

    [Theory]
    [InlineData(99, "A packet of type 99 is not known", RtdeTextLevel.Error)]
    [InlineData(0, "A packet of type 0 is not known", RtdeTextLevel.Error)]
    [InlineData('U', "Values for inputs came, and no recipe of inputs is set up", RtdeTextLevel.Warning)]
    public void What_is_not_understood_is_told_and_passed_over(int type, string begin, RtdeTextLevel level)
    {
        var link = Negotiated();

        Write(link, (char)type, 1, 2, 3);
        Write(link, 'P');

        Assert.StartsWith(begin, Text(link, level), StringComparison.Ordinal);
        Assert.Equal([(byte)'P', 1], Next(link));
    }

    [Fact]
    public void In_version_1_a_text_has_the_form_of_version_1()
    {
        var link = _scene.Connect();

        Write(link, 'c');

        Assert.Equal([(byte)'M', 1, .. "A packet of type 99 is not known; it is one of V, v, M, U, O, I, S, P. It is passed over."u8], Next(link));
    }

    [Fact]
    public void A_set_up_of_outputs_that_is_too_short_is_refused()
    {
        var link = Negotiated();

        Write(link, 'O', 1);

        Assert.Equal("A set-up of outputs begins with 8 bytes of frequency, a double; here are 1 bytes. The recipe is refused.", Text(link, RtdeTextLevel.Error));
        Assert.Equal([(byte)'O', 0], Next(link));
        AssertNothingStarts(link);
    }

    [Theory]
    [InlineData(double.NaN, "NaN")]
    [InlineData(double.PositiveInfinity, "Infinity")]
    [InlineData(0, "0")]
    [InlineData(-125, "-125")]
    [InlineData(0.5, "0.5")]
    [InlineData(501, "501")]
    [InlineData(1e9, "1000000000")]
    public void A_frequency_that_the_guide_has_not_is_refused_with_the_range(double asked, string told)
    {
        var link = Negotiated();

        SetUp(link, asked, "timestamp,robot_mode");

        Assert.Equal($"The output frequency is {told} Hz; 1 to 500 can be. The recipe is refused.", Text(link, RtdeTextLevel.Error));
        Assert.Equal([(byte)'O', 0, .. "DOUBLE,INT32"u8], Next(link));
        AssertNothingStarts(link);
    }

    [Fact]
    public void A_frequency_between_two_rates_is_told_the_rate_that_it_gets()
    {
        var link = Negotiated();

        SetUp(link, 200, "timestamp");

        Assert.Equal("An output frequency of 200 Hz does not divide 500: it is sent at 250 Hz, one package in floor(500 / 200) = 2 cycles.", Text(link, RtdeTextLevel.Warning));
        Assert.Equal([(byte)'O', 1, .. "DOUBLE"u8], Next(link));
    }

    [Fact]
    public void A_recipe_that_is_refused_takes_the_one_before_it_away()
    {
        var link = Negotiated();
        SetUp(link, 500, "timestamp");
        Assert.Equal([(byte)'O', 1, .. "DOUBLE"u8], Next(link));
        SetUp(link, 500, "timestamp,no_such_field");
        Assert.Equal([(byte)'O', 0, .. "DOUBLE,NOT_FOUND"u8], Next(link));

        AssertNothingStarts(link);
    }

    [Fact]
    public void No_valid_recipe_ever_has_the_number_0()
    {
        var link = Negotiated();
        for (var i = 0; i < 300; i++)
        {
            SetUp(link, 500, "timestamp");
            Assert.Equal((byte)((i % 255) + 1), Next(link)[1]);
        }
    }

    [Theory]
    [InlineData('O', 2_049, "The names of the recipe are 2049 bytes; 2048 can be. The recipe is refused.")]
    [InlineData('O', 2_048, "The recipe has 2049 names; 256 can be. The recipe is refused.")]
    [InlineData('I', 2_049, "The names of the recipe are 2049 bytes; 2048 can be. The recipe is refused.")]
    [InlineData('I', 2_048, "The recipe has 2049 names; 256 can be. The recipe is refused.")]
    public void A_list_of_names_without_measure_is_refused(char type, int commas, string told)
    {
        var link = Negotiated();
        var names = new string(',', commas);

        if (type == 'O')
        {
            SetUp(link, 500, names);
        }
        else
        {
            Write(link, type, Encoding.ASCII.GetBytes(names));
        }

        Assert.Equal(told, Text(link, type == 'O' ? RtdeTextLevel.Error : RtdeTextLevel.Warning));
        Assert.Equal([(byte)type, 0], Next(link));
    }

    [Theory]
    [InlineData("000256")]
    [InlineData("474554202F20485454502F312E310D0A0D0A")]
    public void What_cannot_be_a_packet_is_told_and_the_connection_closed(string asked)
    {
        var link = Negotiated();

        link.Write(Convert.FromHexString(asked));

        Assert.StartsWith("What came cannot be a packet of RTDE: its size must be 3 to 4096 bytes", Text(link, RtdeTextLevel.Exception), StringComparison.Ordinal);
        Assert.Throws<LinkBrokenException>(() => link.Read(new byte[1], LinkClock.NowNanos() + 5_000_000_000));
    }

    public void Dispose() => _scene.Dispose();

    private static void AssertNothingStarts(IByteLink link)
    {
        Write(link, 'S');
        Assert.Equal([(byte)'S', 0], Next(link));
    }

    private static void SetUp(IByteLink link, double frequency, string names)
    {
        var payload = new byte[8 + names.Length];
        BinaryPrimitives.WriteDoubleBigEndian(payload, frequency);
        Encoding.ASCII.GetBytes(names, payload.AsSpan(8));
        Write(link, 'O', payload);
    }

    private static void Write(IByteLink link, char type, params ReadOnlySpan<byte> payload)
    {
        var size = RtdeLimits.HeaderBytes + payload.Length;
        link.Write([(byte)(size >> 8), (byte)size, (byte)type, .. payload]);
    }

    private static string Text(IByteLink link, RtdeTextLevel level)
    {
        var packet = Next(link);
        Assert.Equal((byte)RtdePacketType.TextMessage, packet[0]);
        Assert.True(RtdeText.TryParse(packet.AsSpan(1), out var text));
        Assert.Equal((level, "cell-sim"), (text.Level, text.Source));
        return text.Message;
    }

    /// <summary>The type and the payload of the next packet.</summary>
    private static byte[] Next(IByteLink link)
    {
        var size = BinaryPrimitives.ReadUInt16BigEndian(Read(link, 2));
        return Read(link, size - 2);
    }

    private static byte[] Read(IByteLink link, int count)
    {
        var bytes = new byte[count];
        for (var at = 0; at < count;)
        {
            var read = link.Read(bytes.AsSpan(at), LinkClock.NowNanos() + 5_000_000_000);
            Assert.True(read > 0, $"only {at} of {count} bytes came");
            at += read;
        }

        return bytes;
    }

    private IByteLink Negotiated()
    {
        var link = _scene.Connect();
        Write(link, 'V', 0, 2);
        Assert.Equal([(byte)'V', 1], Next(link));
        return link;
    }
}
