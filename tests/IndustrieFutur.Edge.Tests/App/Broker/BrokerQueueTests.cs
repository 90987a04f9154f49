using IndustrieFutur.Edge.App.Broker;

namespace IndustrieFutur.Edge.Tests.App.Broker;

/// <summary>One client's queue is bounded by messages and by bytes, and never held for full when it is not.</summary>
public sealed class BrokerQueueTests
{
    private readonly BrokerQueue _queue = new();

    [Fact]
    public void There_is_room_up_to_the_bytes_and_up_to_the_messages()
    {
        Assert.True(_queue.TryWait(60, bytesMax: 100, countMax: 3));
        Assert.False(_queue.TryWait(41, bytesMax: 100, countMax: 3));
        Assert.True(_queue.TryWait(40, bytesMax: 100, countMax: 3));
        Assert.True(_queue.TryWait(0, bytesMax: 100, countMax: 3));
        Assert.False(_queue.TryWait(0, bytesMax: 100, countMax: 3));
    }

    [Fact]
    public void What_is_sent_or_given_up_makes_room()
    {
        Assert.True(_queue.TryWait(100, bytesMax: 100, countMax: 1));
        _queue.Send(100, isToBeAcknowledged: false);
        Assert.True(_queue.TryWait(100, bytesMax: 100, countMax: 1));
        _queue.GiveUp(100);
        Assert.True(_queue.TryWait(100, bytesMax: 100, countMax: 1));
    }

    [Fact]
    public void What_was_never_counted_takes_no_more_than_there_is()
    {
        _queue.Send(1_000, isToBeAcknowledged: true);
        _queue.Send(1_000, isToBeAcknowledged: true);

        Assert.True(_queue.TryWait(100, bytesMax: 100, countMax: 1));
        Assert.False(_queue.TryWait(1, bytesMax: 100, countMax: 2));
        Assert.Equal((2_000L, 2), (_queue.Unacknowledged, _queue.UnacknowledgedCount));
        _queue.Acknowledge(1_000);
        _queue.Acknowledge(5_000);
        _queue.Acknowledge(1);
        Assert.Equal((0L, 0), (_queue.Unacknowledged, _queue.UnacknowledgedCount));
    }
}
