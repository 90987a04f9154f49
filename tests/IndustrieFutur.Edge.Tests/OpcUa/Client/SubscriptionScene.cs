using IndustrieFutur.Edge.OpcUa.Client;
using IndustrieFutur.Edge.OpcUa.SecureChannel;
using IndustrieFutur.Edge.OpcUa.Security;
using IndustrieFutur.Edge.OpcUa.Types;
using IndustrieFutur.Edge.OpcUa.Types.Generated;

namespace IndustrieFutur.Edge.Tests.OpcUa.Client;

/// <summary>A scripted server, a session with it, and what its subscriptions have delivered.</summary>
internal sealed class SubscriptionScene : IDisposable
{
    /// <summary>For a machine that builds at the same time.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    public SubscriptionScene()
    {
        Session = new UaSession(SettingsFor(Server));
        Subscriptions = new UaSubscriptions<CollectingSink>(Session, new CollectingSink(Delivered));
    }

    public ScriptedServer Server { get; } = new();

    public UaSession Session { get; }

    public UaSubscriptions<CollectingSink> Subscriptions { get; }

    public List<string> Delivered { get; } = [];

    public static SessionSettings SettingsFor(ScriptedServer server) => new()
    {
        Endpoint = server.Address,
        Policy = SecurityPolicies.None,
        Mode = MessageSecurityMode.None,
        AllowInsecure = true,
        Channel = new ChannelSettings { RequestTimeout = TimeSpan.FromSeconds(10) },
    };

    public SessionStart Connect() => Session.Connect(TestContext.Current.CancellationToken);

    /// <summary>Connects and makes one subscription.</summary>
    public UaSubscription Subscribe()
    {
        Connect();
        return Subscriptions.Create(new SubscriptionRequest { PublishingInterval = TimeSpan.FromMilliseconds(100) });
    }

    /// <summary>Pumps until so much has been delivered, and a little longer to see whether there is more.</summary>
    public void PumpUntilDelivered(int count) => PumpUntil(() => Delivered.Count >= count);

    public void PumpUntil(Func<bool> condition)
    {
        var untilNanos = MonoTime.NowNanos() + (Patience.Ticks * 100);
        while (!condition())
        {
            Assert.True(MonoTime.NowNanos() < untilNanos, $"Delivered until now: {string.Join(", ", Delivered)}. Heard: {string.Join(", ", Server.Heard)}. {Server.Mistake}");
            Session.Pump(MonoTime.NowNanos() + 5_000_000);
        }
    }

    public void Dispose()
    {
        Session.Dispose();
        Server.Dispose();
    }
}
