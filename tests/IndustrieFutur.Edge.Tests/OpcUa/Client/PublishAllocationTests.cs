using IndustrieFutur.Edge.OpcUa.Client;
using IndustrieFutur.Edge.OpcUa.Types;

namespace IndustrieFutur.Edge.Tests.OpcUa.Client;

/// <summary>From the socket to the sink and back with the next Publish request, a value makes no garbage.</summary>
public sealed class PublishAllocationTests
{
    private const int WarmUp = 100;
    private const int Measured = 1000;

    [Fact]
    public void Receiving_a_message_and_asking_for_the_next_allocates_nothing()
    {
        using var server = new ScriptedServer();
        using var session = new UaSession(SubscriptionScene.SettingsFor(server));
        session.Connect(TestContext.Current.CancellationToken);
        var subscriptions = new UaSubscriptions<SummingSink>(session, default);
        var id = subscriptions.Create(new SubscriptionRequest()).Id;
        for (var sequence = 1; sequence <= WarmUp + Measured; sequence++)
        {
            server.Publish(id, (uint)sequence, sequence);
        }

        PumpTo(session, subscriptions, WarmUp);
        var before = GC.GetAllocatedBytesForCurrentThread();
        PumpTo(session, subscriptions, WarmUp + Measured);
        var allocated = GC.GetAllocatedBytesForCurrentThread() - before;

        Assert.Equal(WarmUp + Measured, subscriptions.Sink.Values);
        Assert.Equal(0, allocated);
        Assert.True(server.Acknowledged.Count >= Measured);
    }

    private static void PumpTo(UaSession session, UaSubscriptions<SummingSink> subscriptions, int values)
    {
        var untilNanos = MonoTime.NowNanos() + 30_000_000_000;
        while (subscriptions.Sink.Values < values && MonoTime.NowNanos() < untilNanos)
        {
            session.Pump(MonoTime.NowNanos() + 10_000_000);
        }
    }
}
