using System.Diagnostics;
using IndustrieFutur.Edge.OpcUa.Types;
using IndustrieFutur.Edge.OpcUa.Types.Generated;

namespace IndustrieFutur.Edge.Cell.Tests.OpcUa.Limits;

/// <summary>A client whose cable damages what it sends: it connects, asks, and connects again, in clear or encrypted.</summary>
internal sealed class WireFuzzer(Visitors visitors, bool isEncrypted, int seed)
{
    /// <summary>A damaged length makes the server wait for more, and the client in vain.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(150);

    /// <summary>A session that was activated outlives its connection by ten seconds: more often, and they would take all places.</summary>
    private static readonly TimeSpan BetweenSessions = TimeSpan.FromSeconds(1);

    private const int RequestsEach = 20;

    private long _lastSession;

    public FuzzCount Count { get; } = new();

    public void Run(CancellationToken end)
    {
        using var relay = new DamagingRelay(visitors.Server, seed);
        while (!end.IsCancellationRequested)
        {
            try
            {
                Count.Connections++;
                Visit(relay, end);
            }
            catch (UaException)
            {
                Count.Refused++;
            }
        }

        Count.Damaged = relay.Damaged;
    }

    private void Visit(DamagingRelay relay, CancellationToken end)
    {
        if (Stopwatch.GetElapsedTime(_lastSession) > BetweenSessions)
        {
            _lastSession = Stopwatch.GetTimestamp();
            using var session = WireSession.Open(visitors, isEncrypted, relay.Address, Patience);
            Recording.Make(session);
            return;
        }

        using var channel = WireSession.OpenChannel(visitors, isEncrypted, Patience, relay.Address);
        for (var i = 0; i < RequestsEach && !end.IsCancellationRequested; i++)
        {
            WireSession.Ask(channel, new GetEndpointsRequest { EndpointUrl = visitors.Server.Url }, default, Patience);
            WireSession.Ask(channel, new FindServersRequest(), default, Patience);
        }
    }
}
