using System.Diagnostics;
using IndustrieFutur.Edge.OpcUa.Types;
using IndustrieFutur.Edge.OpcUa.Types.Generated;

namespace IndustrieFutur.Edge.Cell.Tests.OpcUa.Limits;

/// <summary>A client that subscribes to a thousand values, asks for them again and again, and takes no byte of what comes.</summary>
internal sealed class NeverReader : IDisposable
{
    private const int Items = 1_000;

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(20);

    private readonly WireSession _session;

    public NeverReader(Visitors visitors, bool isEncrypted)
    {
        _session = WireSession.Open(visitors, isEncrypted);
        var id = _session.Ask(new CreateSubscriptionRequest { RequestedPublishingInterval = 20, RequestedLifetimeCount = 10_000, RequestedMaxKeepAliveCount = 10, PublishingEnabled = true }).SubscriptionId;
        var made = _session.Ask(new CreateMonitoredItemsRequest
        {
            SubscriptionId = id,
            TimestampsToReturn = TimestampsToReturn.Both,
            ItemsToCreate = [.. Enumerable.Range(0, Items).Select(Watching)],
        });
        Assert.All(made.Results!, item => Assert.Equal(StatusCodes.Good, item.StatusCode));
    }

    /// <summary>How long it took until the server hung up; fails when it did not within the limit.</summary>
    public TimeSpan AskUntilDropped(TimeSpan limit)
    {
        var started = Stopwatch.GetTimestamp();
        using var never = new ManualResetEvent(false);
        try
        {
            while (Stopwatch.GetElapsedTime(started) < limit)
            {
                _session.Post(new PublishRequest { RequestHeader = { AuthenticationToken = _session.Token, TimeoutHint = uint.MaxValue } });
                never.WaitOne(Pause);
            }
        }
        catch (UaException)
        {
            return Stopwatch.GetElapsedTime(started);
        }

        throw new InvalidOperationException($"A client that takes no byte still had its connection after {limit.TotalSeconds} s.");
    }

    public void Dispose() => _session.Dispose();

    private static MonitoredItemCreateRequest Watching(int number) => new()
    {
        ItemToMonitor = new() { NodeId = new NodeId(1, $"Cell.Item{number}"), AttributeId = AttributeIds.Value },
        MonitoringMode = MonitoringMode.Reporting,
        RequestedParameters = new() { ClientHandle = (uint)number, SamplingInterval = 0, QueueSize = 1_000, DiscardOldest = true },
    };
}
