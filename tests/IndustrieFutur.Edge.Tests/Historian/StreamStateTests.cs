using IndustrieFutur.Edge.Historian.Ingest;
using IndustrieFutur.Edge.Protocols.Telemetry;
using Microsoft.Extensions.Time.Testing;

namespace IndustrieFutur.Edge.Tests.Historian;

/// <summary>What a historian takes, passes over and asks for again, of one stream.</summary>
public sealed class StreamStateTests
{
    private readonly FakeTimeProvider _clock = new();
    private readonly StreamState _stream;

    public StreamStateTests() => _stream = new StreamState(new StreamKey("g", "e", "plc"), 1, _clock);

    [Fact]
    public void What_is_stored_or_on_its_way_is_passed_over()
    {
        _stream.Settle(new SequenceRange(1, 10), 0);
        _stream.Hold(new SequenceRange(15, 20));

        Assert.Equal([new SequenceRange(11, 14), new SequenceRange(21, 30)], _stream.Hold(new SequenceRange(5, 30)));
        Assert.Empty(_stream.Hold(new SequenceRange(1, 30)));
    }

    [Fact]
    public void What_was_let_go_is_taken_when_it_comes_again()
    {
        _stream.Hold(new SequenceRange(1, 10));
        _stream.Release(new SequenceRange(4, 6));

        Assert.Equal([new SequenceRange(4, 6)], _stream.Hold(new SequenceRange(1, 10)));
    }

    [Fact]
    public void After_an_outage_samples_may_be_as_far_ahead_of_the_last_head_as_the_outage_was_long()
    {
        _stream.Observe(Head(1, 11));
        Assert.False(_stream.CanBeSamples(new SequenceRange(8_640_001, 8_640_500)));

        Pass(10);
        Assert.True(_stream.CanBeSamples(new SequenceRange(8_640_001, 8_640_500)));
        Assert.False(_stream.CanBeSamples(new SequenceRange(11_000_001, 11_000_500)));
    }

    [Fact]
    public void A_number_missing_from_two_heads_a_second_apart_is_asked_for()
    {
        _stream.Settle(new SequenceRange(1, 10), 0);
        _stream.Hold(new SequenceRange(21, 30));

        _stream.Observe(Head(1, 31));
        Assert.Null(_stream.Ask());

        Pass(1);
        _stream.Observe(Head(1, 31));
        var ask = _stream.Ask();
        Assert.Equal((11ul, 20ul, "plc", "0000000000000001"), (ask!.From, ask.To, ask.Stream, ask.Epoch));
    }

    [Fact]
    public void Two_heads_close_together_are_no_two_witnesses()
    {
        _stream.Observe(Head(1, 11));
        _clock.Advance(TimeSpan.FromMilliseconds(200));
        _stream.Observe(Head(1, 11));

        Assert.Null(_stream.Ask());
    }

    [Fact]
    public void What_the_edge_will_send_by_itself_is_no_hole()
    {
        _stream.Observe(Head(1, 31, new SequenceRange(1, 30)));
        Pass(1);
        _stream.Observe(Head(1, 31, new SequenceRange(1, 25)));
        Pass(1);
        _stream.Observe(Head(1, 31, new SequenceRange(1, 25)));

        var ask = _stream.Ask();
        Assert.Equal((26ul, 30ul), (ask!.From, ask.To));
    }

    [Fact]
    public void One_request_is_out_at_a_time_and_is_repeated_after_five_seconds()
    {
        LookTwice(Head(1, 11));
        Assert.NotNull(_stream.Ask());
        Assert.Null(_stream.Ask());

        Pass(4);
        _stream.Observe(Head(1, 11));
        Assert.Null(_stream.Ask());

        Pass(1);
        _stream.Observe(Head(1, 11));
        Assert.Equal(1ul, _stream.Ask()!.From);
    }

    [Fact]
    public void The_next_request_follows_at_once_when_the_answer_is_here()
    {
        LookTwice(Head(1, 25_001));
        Assert.Equal((1ul, StreamState.AskMax), (_stream.Ask() is var first ? first!.From : 0, first.To));

        _stream.Hold(new SequenceRange(1, StreamState.AskMax));

        var next = _stream.Ask();
        Assert.Equal((10_001ul, 20_000ul), (next!.From, next.To));
    }

    [Fact]
    public void What_the_edge_no_longer_has_is_asked_for_in_one_request()
    {
        LookTwice(Head(1_000_001, 1_000_101));

        var ask = _stream.Ask();

        Assert.Equal((1ul, 1_000_000ul), (ask!.From, ask.To));
    }

    [Fact]
    public void A_head_of_nothing_asks_for_nothing()
    {
        LookTwice(Head(1, 1));
        LookTwice(Head(0, 0));

        Assert.Null(_stream.Ask());
    }

    private static StreamHead Head(ulong oldest, ulong next, params SequenceRange[] willSend) =>
        new("plc", "0000000000000001", oldest, next, willSend, false);

    private void LookTwice(StreamHead head)
    {
        _stream.Observe(head);
        Pass(1);
        _stream.Observe(head);
    }

    private void Pass(int seconds) => _clock.Advance(TimeSpan.FromSeconds(seconds));
}
