using System.Buffers.Binary;
using System.Diagnostics;
using IndustrieFutur.Edge.Cell.Tests.Servers;
using MQTTnet;
using MQTTnet.Protocol;

namespace IndustrieFutur.Edge.Cell.Tests.Proofs;

/// <summary>One plain publisher: QoS 1, so many messages a second while its node takes them, and to the next node when that is gone.</summary>
internal sealed class OtherCell(NatsCluster cluster, int cell, int messagesPerSecond)
{
    /// <summary>A hundred samples in our telemetry take some three kilobytes.</summary>
    private const int Bytes = 3_000;

    private const int Window = 32;
    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(20);
    private static readonly TimeSpan AnswerLimit = TimeSpan.FromSeconds(8);

    private readonly Lock _gate = new();
    private readonly List<int> _acknowledged = [];
    private readonly string _topic = $"other/cell{cell}/telemetry";
    private volatile bool _mayPublish;
    private volatile bool _isBroken;
    private int _next;
    private int _onTheirWay;

    /// <summary>Nothing is published, and every message has been answered or given up.</summary>
    public bool IsQuiet => !_mayPublish && Volatile.Read(ref _onTheirWay) == 0;

    public long AcknowledgedCount
    {
        get
        {
            lock (_gate)
            {
                return _acknowledged.Count;
            }
        }
    }

    public int[] Acknowledged()
    {
        lock (_gate)
        {
            return [.. _acknowledged];
        }
    }

    public void Begin() => _mayPublish = true;

    public void End() => _mayPublish = false;

    public async Task RunAsync(CancellationToken ending)
    {
        for (var node = cell; !ending.IsCancellationRequested; node++)
        {
            using var client = await OtherStore.ConnectAsync(cluster, node, $"other-cell{cell}", isClean: true, null, ending);
            if (client is not null)
            {
                await PublishAsync(client, ending);
            }
        }
    }

    /// <summary>Until the connection is of no use any more.</summary>
    private async Task PublishAsync(IMqttClient client, CancellationToken ending)
    {
        _isBroken = false;
        using var window = new SemaphoreSlim(Window);
        using var timer = new PeriodicTimer(Tick);
        var (since, due) = (Stopwatch.GetTimestamp(), 0.0);
        while (client.IsConnected && !_isBroken && !ending.IsCancellationRequested)
        {
            await timer.WaitForNextTickAsync(CancellationToken.None);

            // What a node did not take is not made up for: the load stays what it is.
            due = Math.Min(due + (Stopwatch.GetElapsedTime(since).TotalSeconds * messagesPerSecond), messagesPerSecond / 4.0);
            since = Stopwatch.GetTimestamp();
            while (_mayPublish && due >= 1 && window.Wait(0, CancellationToken.None))
            {
                due--;
                _ = SendAsync(client, window, _next++);
            }
        }

        // Each message comes back, taken or not.
        for (var i = 0; i < Window; i++)
        {
            await window.WaitAsync(CancellationToken.None);
        }
    }

    private async Task SendAsync(IMqttClient client, SemaphoreSlim window, int number)
    {
        Interlocked.Increment(ref _onTheirWay);
        var body = new byte[Bytes];
        BinaryPrimitives.WriteInt32LittleEndian(body, cell);
        BinaryPrimitives.WriteInt32LittleEndian(body.AsSpan(sizeof(int)), number);
        try
        {
            using var limit = new CancellationTokenSource(AnswerLimit);
            var message = new MqttApplicationMessage { Topic = _topic, PayloadSegment = body, QualityOfServiceLevel = MqttQualityOfServiceLevel.AtLeastOnce };
            if ((await client.PublishAsync(message, limit.Token)).IsSuccess)
            {
                lock (_gate)
                {
                    _acknowledged.Add(number);
                }
            }
        }
        catch (Exception)
        {
            // Not acknowledged, so nobody has promised anything; the next node is tried.
            _isBroken = true;
        }

        window.Release();
        Interlocked.Decrement(ref _onTheirWay);
    }
}
