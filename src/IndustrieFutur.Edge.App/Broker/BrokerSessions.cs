using IndustrieFutur.Edge.App.Configuration;
using MQTTnet.Server;

namespace IndustrieFutur.Edge.App.Broker;

/// <summary>
/// Forgets the sessions whose clients are away for longer than they asked, which the server does not, and those longest away when there are
/// too many. Nothing is lost by that: a historian without a session asks for what it has missed.
/// </summary>
internal sealed class BrokerSessions(BrokerLimitsOptions limits, BrokerCounters counters, TimeProvider clock)
{
    /// <summary>Looked at whenever somebody comes, so that nobody is given a session that has ended, and whenever somebody goes.</summary>
    public async Task SweepAsync(MqttServer server)
    {
        var now = clock.GetUtcNow().UtcDateTime;
        var away = (await server.GetSessionsAsync()).Where(session => session.DisconnectedTimestamp is not null).OrderByDescending(session => session.DisconnectedTimestamp).ToList();
        foreach (var session in away.Where((session, index) => index >= limits.SessionsAway || HasEnded(session.ExpiryInterval, now - session.DisconnectedTimestamp!.Value)))
        {
            counters.CountSessionForgotten();
            await session.DeleteAsync();
        }
    }

    /// <summary>MQTT 5, 3.1.2.11.2: seconds after the connection's end, the largest number for ever. MQTT 3.1.1 says nothing, which is 0 here and for ever too.</summary>
    public static bool HasEnded(uint expirySeconds, TimeSpan away) => expirySeconds is > 0 and < uint.MaxValue && away > TimeSpan.FromSeconds(expirySeconds);
}
