using System.Text;
using IndustrieFutur.Edge.Northbound.Commands;
using Microsoft.Extensions.Time.Testing;
using MQTTnet;

namespace IndustrieFutur.Edge.Tests.Northbound.Commands;

/// <summary>The form of a request: where it came, whether it is retained, when it expires, and where its answer goes.</summary>
public sealed class RequestFormTests
{
    private const string Topic = "edge/v1/g/e/plc/command/martin";
    private const string Body = """{"command":"speed","id":"a1","values":{"speed":200}}""";

    private readonly FakeTimeProvider _clock = new(DateTimeOffset.FromUnixTimeMilliseconds(1_700_000_000_000));
    private readonly RequestForm _form;

    public RequestFormTests() => _form = new RequestForm("site", CommandCell.Plan(), _clock);

    [Fact]
    public void A_good_request_is_who_the_topic_says_at_the_station_that_it_came_by()
    {
        var request = _form.Read(Message(expiry: 5)).Command!;

        Assert.Equal(("martin", "site", "speed", "a1", RemoteStep.Submit), (request.User, request.Station, request.Command, request.Id, request.Step));
        Assert.Equal("200", request.Values["speed"]);
    }

    [Theory]
    [InlineData(5, 0, 5_000)]
    [InlineData(0, 7_000, 7_000)]
    [InlineData(5, 7_000, 5_000)]
    [InlineData(30, 2_000, 2_000)]
    [InlineData(60, 2_000, 2_000)]
    [InlineData(30, 0, 30_000)]
    [InlineData(0, -1_000, -1_000)]
    public void The_expiry_is_what_is_less_of_interval_and_body(uint interval, int inBody, int expected)
    {
        var read = _form.Read(Message(interval, inBody == 0 ? Body : WithExpiry(inBody)));

        Assert.Equal(1_700_000_000_000 + expected, read.Command!.ExpiresUtcMillis);
    }

    [Theory]
    [InlineData(0, 0, "has no expiry")]
    [InlineData(31, 0, "more than 30 s away")]
    [InlineData(0, 30_001, "more than 30 s away")]
    public void A_request_without_expiry_or_with_a_far_one_is_refused(uint interval, int inBody, string sentence)
    {
        var read = _form.Read(Message(interval, inBody == 0 ? Body : WithExpiry(inBody)));

        Assert.Null(read.Command);
        Assert.Equal(("refused", "expiry", "a1", "speed"), (read.Refusal!.Outcome, read.Refusal.Rule, read.Refusal.Id, read.Refusal.Command));
        Assert.Contains(sentence, read.Refusal.Text.En, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(Body)]
    [InlineData("")]
    public void A_retained_request_is_refused_whatever_it_says(string body)
    {
        var message = Message(expiry: 5, body);
        message.Retain = true;

        var read = _form.Read(message);

        Assert.Null(read.Command);
        Assert.Equal("retained", read.Refusal!.Rule);
    }

    [Fact]
    public void A_request_that_is_delivered_a_second_time_is_the_gates_business()
    {
        var message = Message(expiry: 5);
        message.Dup = true;

        Assert.NotNull(_form.Read(message).Command);
    }

    [Theory]
    [InlineData("edge/v1/g/e/cobot/command/martin", "one of \"plc\"")]
    [InlineData("edge/v1/g/e/plc/command/martin/more", "The topic must be")]
    [InlineData("edge/v1/g/e/plc/command/", "The topic must be")]
    [InlineData("edge/v1/g/e/plc/command", "The topic must be")]
    [InlineData("edge/v1/g/other/plc/command/martin", "The topic must be")]
    [InlineData("edge/v1/g/e/plc/state/martin", "The topic must be")]
    public void A_request_on_a_topic_of_something_else_is_malformed(string topic, string sentence)
    {
        var message = Message(expiry: 5);
        message.Topic = topic;

        var read = _form.Read(message);

        Assert.Equal("malformed", read.Refusal!.Rule);
        Assert.Contains(sentence, read.Refusal.Text.En, StringComparison.Ordinal);
    }

    [Fact]
    public void A_command_that_nobody_knows_is_the_gates_to_refuse()
    {
        Assert.Equal("nothing", _form.Read(Message(expiry: 5, """{"command":"nothing","id":"a1"}""")).Command!.Command);
    }

    [Fact]
    public void A_body_over_4_KB_is_not_read()
    {
        var read = _form.Read(Message(expiry: 5, $$"""{"command":"speed","id":"a1","reason":"{{new string('a', 4_096)}}"}"""));

        Assert.Equal("malformed", read.Refusal!.Rule);
        Assert.Contains("at most 4096", read.Refusal.Text.En, StringComparison.Ordinal);
    }

    [Fact]
    public void The_answer_goes_to_the_response_topic_below_result_with_the_correlation()
    {
        var message = Message(expiry: 5);
        (message.ResponseTopic, message.CorrelationData) = ("edge/v1/g/e/result/martin/7", [1, 2]);

        var reply = _form.Read(message).Reply!.Value;

        Assert.Equal("edge/v1/g/e/result/martin/7", reply.Topic);
        Assert.Equal([1, 2], reply.Correlation!);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("edge/v1/g/e/result/")]
    [InlineData("edge/v1/g/e/plc/command/anna")]
    [InlineData("edge/v1/g/other/result/x")]
    [InlineData("spBv1.0/g/DCMD/e/plc")]
    [InlineData("edge/v1/g/e/result/+")]
    [InlineData("edge/v1/g/e/result/#")]
    [InlineData("edge/v1/g/e/result/a\0b")]
    public void A_response_topic_anywhere_else_is_not_used(string? topic)
    {
        var message = Message(expiry: 5);
        message.ResponseTopic = topic;

        Assert.Equal("edge/v1/g/e/result/a1", _form.Read(message).Reply!.Value.Topic);
    }

    [Fact]
    public void A_response_topic_of_more_than_256_bytes_is_not_used()
    {
        var message = Message(expiry: 5);
        message.ResponseTopic = "edge/v1/g/e/result/" + new string('é', 119);

        Assert.Equal("edge/v1/g/e/result/a1", _form.Read(message).Reply!.Value.Topic);
    }

    [Fact]
    public void Without_id_and_response_topic_there_is_no_place_for_an_answer()
    {
        Assert.Null(_form.Read(Message(expiry: 5, """{"command":"speed"}""")).Reply);
    }

    private string WithExpiry(int millis) => Body.Replace("\"id\"", $"\"expires\":{_clock.GetUtcNow().ToUnixTimeMilliseconds() + millis},\"id\"", StringComparison.Ordinal);

    private static MqttApplicationMessage Message(uint expiry, string body = Body) =>
        new() { Topic = Topic, PayloadSegment = Encoding.UTF8.GetBytes(body), MessageExpiryInterval = expiry };
}
