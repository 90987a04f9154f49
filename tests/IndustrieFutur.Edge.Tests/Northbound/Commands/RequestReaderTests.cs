using System.Text;
using IndustrieFutur.Edge.Northbound.Commands;

namespace IndustrieFutur.Edge.Tests.Northbound.Commands;

/// <summary>The JSON of a request: what is agreed is read, whatever else there is refuses it with a sentence, and nothing does harm.</summary>
public sealed class RequestReaderTests
{
    private const string Whole = """
        {"command":"speed","id":"a1","values":{"speed":200.5,"lane":"left","fast":true},"expires":1700000000000,"step":"execute","token":"t","reason":"Né à Lyon"}
        """;

    [Fact]
    public void All_that_is_agreed_is_read_as_it_was_written()
    {
        var request = new RequestBody();

        RequestReader.Read(Encoding.UTF8.GetBytes(Whole), request);

        Assert.Equal(("speed", "a1", RemoteStep.Execute, 1_700_000_000_000, "t", "Né à Lyon"), (request.Command, request.Id, request.Step, request.Expires, request.Token, request.Reason));
        Assert.Equal([("speed", "200.5"), ("lane", "left"), ("fast", "true")], request.Values.Select(pair => (pair.Key, pair.Value)));
    }

    [Fact]
    public void Command_and_id_are_enough()
    {
        var request = new RequestBody();

        RequestReader.Read("""{"id":"a1","command":"stop"}"""u8, request);

        Assert.Equal(("stop", RemoteStep.Submit, 0, 0), (request.Command, request.Step, request.Values.Count, request.Expires));
    }

    [Theory]
    [InlineData("", "not the JSON")]
    [InlineData("[]", "not the JSON")]
    [InlineData("""{"command":"a","id":"b"} {}""", "not the JSON")]
    [InlineData("""{"command":"a","id":"b",}""", "not the JSON")]
    [InlineData("""{"command":"a","id":"b" /* c */}""", "not the JSON")]
    [InlineData("""{"command":"a","id":"b","values":{"x":{"y":1}}}""", "not the JSON")]
    [InlineData("""{"command":"a","id":"b","reason":"\uD800"}""", "not the JSON")]
    [InlineData("""{"id":"b"}""", "\"command\" is missing")]
    [InlineData("""{"command":"a"}""", "\"id\" is missing")]
    [InlineData("""{"command":"a","id":"b","address":"4x0"}""", "The key \"address\" is unknown")]
    [InlineData("""{"command":"a","id":"b","Values":{}}""", "The key \"Values\" is unknown")]
    [InlineData("""{"command":"a","id":"b","id":"c"}""", "\"id\" is given twice")]
    [InlineData("""{"command":1,"id":"b"}""", "\"command\" must be")]
    [InlineData("""{"command":"a","id":"b/c"}""", "\"id\" must be")]
    [InlineData("""{"command":"a","id":"+"}""", "\"id\" must be")]
    [InlineData("""{"command":"a","id":"b\n"}""", "\"id\" must be")]
    [InlineData("""{"command":"a","id":"b","values":[1]}""", "\"values\" must be an object")]
    [InlineData("""{"command":"a","id":"b","values":{"x":null}}""", "\"values.x\" must be a number")]
    [InlineData("""{"command":"a","id":"b","values":{"x":[]}}""", "not the JSON")]
    [InlineData("""{"command":"a","id":"b","values":{"x":1,"x":2}}""", "each once")]
    [InlineData("""{"command":"a","id":"b","values":{"v":1,"w":2,"x":3,"y":4,"z":5}}""", "at most 4 values")]
    [InlineData("""{"command":"a","id":"b","expires":"soon"}""", "\"expires\" must be")]
    [InlineData("""{"command":"a","id":"b","expires":1.5}""", "\"expires\" must be")]
    [InlineData("""{"command":"a","id":"b","expires":0}""", "\"expires\" must be")]
    [InlineData("""{"command":"a","id":"b","step":"force"}""", "\"step\" must be")]
    [InlineData("""{"command":"a","id":"b","step":1}""", "\"step\" must be")]
    [InlineData("""{"command":"a","id":"b","reason":"a\u0007b"}""", "\"reason\" must be")]
    public void Whatever_else_there_is_refuses_it_with_a_sentence(string json, string sentence)
    {
        var refusal = Assert.Throws<BadRequestException>(() => RequestReader.Read(Encoding.UTF8.GetBytes(json), new RequestBody()));

        Assert.Contains(sentence, refusal.Text.En, StringComparison.Ordinal);
        Assert.NotEmpty(refusal.Text.Fr);
    }

    [Fact]
    public void Of_a_request_that_is_cut_the_id_is_kept_so_that_its_answer_finds_its_way()
    {
        var request = new RequestBody();

        Assert.Throws<BadRequestException>(() => RequestReader.Read("""{"id":"a1","command":"sp"""u8, request));

        Assert.Equal("a1", request.Id);
    }

    [Fact]
    public void Damaged_requests_throw_nothing_else()
    {
        var seed = Random.Shared.Next();
        var random = new Random(seed);
        var whole = Encoding.UTF8.GetBytes(Whole);
        for (var i = 0; i < 20_000; i++)
        {
            var damaged = whole[..random.Next(whole.Length + 1)].ToArray();
            for (var flips = random.Next(4); flips > 0 && damaged.Length > 0; flips--)
            {
                damaged[random.Next(damaged.Length)] = (byte)random.Next(256);
            }

            var thrown = Record.Exception(() => RequestReader.Read(damaged, new RequestBody()));
            Assert.True(thrown is null or BadRequestException, $"seed {seed}, round {i}, {Convert.ToHexString(damaged)}: {thrown}");
        }
    }
}
