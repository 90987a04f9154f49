using IndustrieFutur.Edge.App.Configuration;
using MQTTnet.Server;

namespace IndustrieFutur.Edge.App.Broker;

/// <summary>
/// Forgets the sessions of clients that are away for too long (MQTT 5, 3.1.2.11.2), and the longest away when there are too many. Nothing is
/// lost by that: a historian without a session asks for what it has missed.
/// </summary>
internal sealed class BrokerSessions(BrokerLimitsOptions limits, BrokerCounters counters)
{
    public async Task SweepAsync(MqttServer server)
    {
        var away = (await server.GetSessionsAsync()).Where(session => session.DisconnectedTimestamp is not null).OrderByDescending(session => session.DisconnectedTimestamp).ToList();
        foreach (var session in away.Skip(limits.SessionsAway))
        {
            counters.CountSessionForgotten();
            await session.DeleteAsync();
        }
    }
}
