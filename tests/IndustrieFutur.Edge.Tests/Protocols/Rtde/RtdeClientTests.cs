using System.Buffers.Binary;
using IndustrieFutur.Edge.Protocols.Links;
using IndustrieFutur.Edge.Protocols.Rtde;

namespace IndustrieFutur.Edge.Tests.Protocols.Rtde;

/// <summary>The client's side of RTDE, byte by byte against the public description, and against what a peer may send in its place.</summary>
public sealed class RtdeClientTests
{
    [Fact]
    public void The_exchange_of_the_description_is_spoken_byte_by_byte()
    {
        var link = new MemoryLink([RtdeVectors.Handshake, RtdeVectors.Package]);
        var client = Client(link);

        client.Negotiate();
        var version = client.AskControllerVersion();
        var recipe = client.SetUpOutputs(125, RtdeVectors.Names);
        client.Start();
        Assert.True(client.TryReadData(0, out var values));

        Assert.Equal([RtdeVectors.AskVersion, RtdeVectors.AskController, RtdeVectors.AskRecipe, RtdeVectors.AskStart], link.Written);
        Assert.Equal("5.25.1.0", version.ToString());
        Assert.Equal((1, true, 60), (recipe.Id, recipe.IsUsable, recipe.Bytes));
        Assert.Equal([0, 8, 56], recipe.Fields.Select(field => field.Offset));
        Assert.Equal(12.5, BinaryPrimitives.ReadDoubleBigEndian(values));
        Assert.Equal(-Math.PI / 2, BinaryPrimitives.ReadDoubleBigEndian(values[16..]));
        Assert.Equal(7, BinaryPrimitives.ReadInt32BigEndian(values[56..]));
    }

    [Fact]
    public void A_text_may_come_at_any_moment_and_is_kept()
    {
        var link = new MemoryLink(
            [RtdeVectors.Text, RtdeVectors.VersionAccepted, RtdeVectors.Text, RtdeVectors.Controller, RtdeVectors.Text, RtdeVectors.Recipe, RtdeVectors.Text, RtdeVectors.Started, RtdeVectors.Text, RtdeVectors.Package]);
        var client = Client(link);

        Start(client);
        Assert.True(client.TryReadData(long.MaxValue, out _));

        Assert.Equal(5, client.TextsReceived);
        Assert.Equal(new RtdeText("hello", "edge", RtdeTextLevel.Info), client.LastText);
    }

    [Fact]
    public void No_line_of_a_log_is_forged_with_a_text()
    {
        var payload = (byte[])[4, .. "a\nb\x1B"u8, 0, 1];

        Assert.True(RtdeText.TryParse(payload, out var text));

        Assert.Equal(new RtdeText("a b ", "", RtdeTextLevel.Error), text);
    }

    [Theory]
    [InlineData("")]
    [InlineData("05")]
    [InlineData("0561")]
    [InlineData("016105")]
    [InlineData("01610161")]
    public void A_text_whose_lengths_do_not_fit_is_none(string payload)
    {
        Assert.False(RtdeText.TryParse(Convert.FromHexString(payload), out _));
    }

    [Fact]
    public void A_controller_that_refuses_the_version_is_told_as_such()
    {
        var refused = Assert.Throws<RtdeRefusedException>(() => Client(new MemoryLink([RtdeVectors.VersionRefused])).Negotiate());

        Assert.Contains("robot:30004 refuses version 2 of RTDE", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_stream_is_paused_and_what_was_under_way_is_thrown_away()
    {
        var paused = Convert.FromHexString("00045001");
        var client = Client(new MemoryLink([RtdeVectors.Handshake, RtdeVectors.Package, RtdeVectors.Package, paused]));
        Start(client);

        client.Pause();

        Assert.Throws<LinkBrokenException>(() => client.TryReadData(long.MaxValue, out _));
    }

    [Fact]
    public void A_start_that_is_refused_is_told_as_such()
    {
        var refusal = Convert.FromHexString("00045300");
        var client = Client(new MemoryLink([RtdeVectors.VersionAccepted, RtdeVectors.Controller, RtdeVectors.Recipe, refusal]));

        Assert.Contains("does not start sending", Assert.Throws<RtdeRefusedException>(() => Start(client)).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("DOUBLE,NOT_FOUND,INT32", 2)]
    [InlineData("DOUBLE,VECTOR6D,IN_USE", 2)]
    [InlineData("DOUBLE,vector6d,NEWTYPE", 1)]
    [InlineData(",,", 0)]
    public void A_field_that_is_not_given_makes_the_recipe_useless_and_says_why(string answers, int given)
    {
        Assert.True(RtdeRecipe.TryParse(RtdeVectors.Names, [.. (byte[])[0], .. System.Text.Encoding.ASCII.GetBytes(answers)], out var recipe));

        Assert.False(recipe.IsUsable);
        Assert.Equal(given, recipe.Fields.Count(field => field.Type is not null));
        Assert.Equal(answers.Split(','), recipe.Fields.Select(field => field.Answer));
    }

    [Theory]
    [InlineData("")]
    [InlineData("01")]
    [InlineData("01444F55424C45")]
    [InlineData("01444F55424C452C444F55424C452C444F55424C452C444F55424C45")]
    public void An_answer_that_is_not_to_these_names_is_no_recipe(string payload)
    {
        Assert.False(RtdeRecipe.TryParse(RtdeVectors.Names, Convert.FromHexString(payload), out _));
    }

    [Theory]
    [InlineData("0000560102")]
    [InlineData("0002560102")]
    [InlineData("FFFF550102")]
    [InlineData("1001550102")]
    [InlineData("485454502F312E31")]
    public void A_length_that_cannot_be_is_refused_before_it_is_believed(string bytes)
    {
        var broken = Assert.Throws<LinkBrokenException>(() => Client(new MemoryLink([Convert.FromHexString(bytes)])).Negotiate());

        Assert.Contains("where 3 to 4096 can be", broken.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_package_of_another_length_than_agreed_ends_the_link_and_one_of_another_recipe_is_passed_over()
    {
        var other = (byte[])[.. RtdeVectors.Package];
        other[3] = 2;
        var shorter = (byte[])[0, 63, .. RtdeVectors.Package[2..63]];
        var client = Client(new MemoryLink([RtdeVectors.Handshake, other, RtdeVectors.Package, shorter]));
        Start(client);

        Assert.True(client.TryReadData(long.MaxValue, out _));
        var broken = Assert.Throws<LinkBrokenException>(() => client.TryReadData(long.MaxValue, out _));

        Assert.Contains("a package of 59 bytes, where 60 were agreed on", broken.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_stop_ends_the_wait_for_an_answer_at_once()
    {
        using var stop = new CancellationTokenSource();
        stop.Cancel();
        var client = new RtdeClient(new MemoryLink([RtdeVectors.Text]), "robot:30004", stop.Token);

        Assert.Throws<OperationCanceledException>(client.Negotiate);
    }

    [Fact]
    public void Every_type_has_the_name_and_the_width_of_the_description()
    {
        var types = Enum.GetValues<RtdeFieldType>().Select(type => $"{RtdeFieldTypes.NameOf(type)} {RtdeFieldTypes.BytesOf(type)}");

        Assert.Equal(
            ["BOOL 1", "UINT8 1", "UINT32 4", "UINT64 8", "INT32 4", "DOUBLE 8", "VECTOR3D 24", "VECTOR6D 48", "VECTOR6INT32 24", "VECTOR6UINT32 24"],
            types);
        Assert.All(Enum.GetValues<RtdeFieldType>(), type => Assert.True(RtdeFieldTypes.TryParse(RtdeFieldTypes.NameOf(type), out var read) && read == type));
    }

    private static RtdeClient Client(IByteLink link) => new(link, "robot:30004", TestContext.Current.CancellationToken);

    private static void Start(RtdeClient client)
    {
        client.Negotiate();
        client.AskControllerVersion();
        client.SetUpOutputs(125, RtdeVectors.Names);
        client.Start();
    }
}
