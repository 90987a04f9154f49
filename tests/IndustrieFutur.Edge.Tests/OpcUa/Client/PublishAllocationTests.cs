using IndustrieFutur.Edge.OpcUa.Client;
using IndustrieFutur.Edge.OpcUa.Types;
using IndustrieFutur.Edge.Tests.House;

namespace IndustrieFutur.Edge.Tests.OpcUa.Client;

/// <summary>From the socket to the sink and back with the next Publish request, a value makes no garbage.</summary>
public sealed class PublishAllocationTests
{
    private const int WarmUp = 100;
    private const int Measured = 1000;

    /// <summary>One that does not count, and as many as the guard may try.</summary>
    private const int Rounds = 6;

    [Fact]
    public void Receiving_a_message_and_asking_for_the_next_allocates_nothing()
    {
        using var server = new ScriptedServer();
        using var session = new UaSession(SubscriptionScene.SettingsFor(server));
        session.Connect(TestContext.Current.CancellationToken);
        var subscriptions = new UaSubscriptions<SummingSink>(session, default);
        var id = subscriptions.Create(new SubscriptionRequest()).Id;
        for (var sequence = 1; sequence <= WarmUp + (Rounds * Measured); sequence++)
        {
            server.Publish(id, (uint)sequence, sequence);
        }

        PumpTo(session, subscriptions, WarmUp);
        var wanted = WarmUp;
        var allocated = AllocationGuard.BytesOf(() => PumpTo(session, subscriptions, wanted += Measured));

        Assert.Equal(wanted, subscriptions.Sink.Values);
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
