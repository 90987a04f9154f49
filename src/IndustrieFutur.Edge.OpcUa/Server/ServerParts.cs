using IndustrieFutur.Edge.OpcUa.Server.Sessions;
using IndustrieFutur.Edge.OpcUa.Server.Space;
using IndustrieFutur.Edge.OpcUa.Types;

namespace IndustrieFutur.Edge.OpcUa.Server;

/// <summary>What all connections of one server share.</summary>
internal sealed record ServerParts(UaServerSettings Settings, AddressSpace Space, ISubscriptionService Subscriptions)
{
    public ServerCounters Counters { get; } = new();

    public ServerEndpoints Endpoints { get; } = new(Settings);

    public SessionTable Sessions { get; } = new(Settings.Limits.SessionsMax);

    /// <summary>For what may come again and again.</summary>
    public SparingTeller Teller { get; } = new(Settings.Tell, Settings.Clock);

    /// <summary>For what comes once.</summary>
    public void Tell(string sentence) => Settings.Tell?.Invoke(sentence);

    /// <summary>Ends a session that was silent for too long, but not its subscriptions. Under the session's lock.</summary>
    public void TimeOut(ServerSession session, IAnswerSender? sender)
    {
        Sessions.Remove(session);
        session.End(sender, StatusCodes.BadSessionClosed);
        Counters.CountTimedOutSession();
    }
}
