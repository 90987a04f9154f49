using IndustrieFutur.Edge.App.Broker;
using IndustrieFutur.Edge.App.Configuration;
using Microsoft.Extensions.Logging.Abstractions;

namespace IndustrieFutur.Edge.Tests.App.Broker;

/// <summary>How many retained messages the broker takes, and how many bytes of them.</summary>
public sealed class RetainedStockTests : IDisposable
{
    private readonly RetainedStock _stock = new(new BrokerLimitsOptions { RetainedMessages = 2, RetainedBytes = 100 }, null, NullLogger.Instance);

    public void Dispose() => _stock.Dispose();

    [Fact]
    public void A_topic_too_many_is_refused_and_a_known_one_is_not()
    {
        Assert.True(_stock.TryBook("a", 1));
        Assert.True(_stock.TryBook("b", 1));
        Assert.False(_stock.TryBook("c", 1));
        Assert.True(_stock.TryBook("a", 2));
        Assert.Equal((2, 3L), (_stock.Count, _stock.Bytes));
    }

    [Fact]
    public void A_message_that_ends_makes_room()
    {
        Assert.True(_stock.TryBook("a", 1));
        Assert.True(_stock.TryBook("b", 99));
        Assert.True(_stock.TryBook("b", 0));
        Assert.True(_stock.TryBook("c", 99));
        Assert.Equal(100, _stock.Bytes);
    }

    [Fact]
    public void A_byte_too_many_is_refused_and_changes_nothing()
    {
        Assert.True(_stock.TryBook("a", 50));
        Assert.False(_stock.TryBook("a", 101));
        Assert.Equal(50, _stock.Bytes);
        Assert.True(_stock.TryBook("a", 100));
    }
}
