using System.Collections.Concurrent;
using System.Text.Json;
using IndustrieFutur.Edge.Core.Pacing;
using IndustrieFutur.Edge.Core.Plans;
using IndustrieFutur.Edge.Northbound.People;
using IndustrieFutur.Edge.Northbound.Spool;
using IndustrieFutur.Edge.Protocols.Telemetry;
using MQTTnet;
using MQTTnet.Protocol;

namespace IndustrieFutur.Edge.Northbound.Mqtt;

/// <summary>
/// Empties the spool into one connection at a time: QoS 1, a window of messages on their way, each within the broker's largest packet;
/// what is not acknowledged goes back.
/// </summary>
internal sealed class TelemetryPump : IDisposable
{
    private static readonly TimeSpan HeadEvery = TimeSpan.FromSeconds(1);

    /// <summary>While somebody waits for the watermark, the historians hear of the head sooner.</summary>
    private static readonly TimeSpan HeadEveryInFlush = TimeSpan.FromMilliseconds(200);

    /// <summary>How long the loop rests when nothing wakes it: a fifth of a batch's wait for company, so a batch is hardly late.</summary>
    private static readonly TimeSpan Rest = TimeSpan.FromMilliseconds(50);

    private static readonly TimeSpan RestInFlush = TimeSpan.FromMilliseconds(10);

    /// <summary>A message not acknowledged for so long is taken as lost; a living broker answers in milliseconds.</summary>
    private static readonly TimeSpan PublishTimeout = TimeSpan.FromSeconds(10);

    /// <summary>A stream that the broker refuses is tried again so often: a person who corrects its access list still looks at it.</summary>
    private static readonly TimeSpan RefusedRest = TimeSpan.FromSeconds(5);

    private readonly MqttSinkOptions _options;
    private readonly TelemetrySpool _spool;
    private readonly SpoolOutlet _outlet;
    private readonly SinkCursor[] _cursors;
    private readonly CellPlan _plan;
    private readonly SinkStatus _status;
    private readonly SinkReporter _reporter;
    private readonly TimeProvider _clock;
    private readonly string _headTopic;
    private readonly string[] _topics;
    private readonly BatchTerms _terms;
    private readonly ConcurrentBag<PublishSlot> _free = [];
    private readonly SemaphoreSlim _wake = new(0);
    private readonly byte[] _scratch;
    private readonly long[] _pausedUntil;
    private int _nextStream;

    public TelemetryPump(MqttSinkOptions options, TelemetrySpool spool, SpoolOutlet outlet, CellPlan plan, SinkStatus status, SinkReporter reporter, TimeProvider clock)
    {
        (_options, _spool, _outlet, _plan, _status, _reporter, _clock) = (options, spool, outlet, plan, status, reporter, clock);
        _cursors = [.. spool.Streams.Select(outlet.CursorOf)];
        var topics = new EdgeTopics(plan.Group, plan.Edge);
        _headTopic = topics.Head;
        _topics = [.. plan.Devices.Select(device => options.TelemetryTopic is { } template
            ? TopicTemplate.Fill(template, plan.Group, plan.Edge, device.Id, "")
            : topics.Telemetry(device.Id))];
        _terms = new BatchTerms(options.BatchMax, options.BatchEvery.Ticks * TimeSpan.NanosecondsPerTick);
        _pausedUntil = new long[plan.Devices.Count];
        _scratch = new byte[TelemetryEncoder.ScratchNeeded(options.BatchMax)];
        for (var i = 0; i < options.Window; i++)
        {
            _free.Add(new PublishSlot(TelemetryEncoder.BufferNeeded(options.BatchMax, plan.TextBytesMax)));
        }
    }

    /// <summary>Something may be due.</summary>
    public void Wake()
    {
        try
        {
            if (_wake.CurrentCount == 0)
            {
                _wake.Release();
            }
        }
        catch (ObjectDisposedException)
        {
            // A message that comes back after the end wakes nobody.
        }
    }

    public void Dispose() => _wake.Dispose();

    /// <summary>Until it is woken, or for a moment.</summary>
    public Task RestAsync() => _wake.WaitAsync(RestInFlush, CancellationToken.None);

    /// <summary>Sends what is due until the connection ends. Throws with a sentence when the broker takes too little, or does not answer.</summary>
    public async Task RunAsync(BrokerSession session, CancellationToken stoppingToken)
    {
        var window = new PublishWindow(Math.Min(_options.Window, session.ReceiveMax));
        var rooms = Rooms(session);
        var headSent = 0L;
        var head = Task.CompletedTask;
        Array.Clear(_pausedUntil);
        while (session.Client.IsConnected && !window.IsStuck && !stoppingToken.IsCancellationRequested)
        {
            // One head at a time, and the samples need not wait for its acknowledgement.
            var isHeadDue = headSent == 0 || _clock.GetElapsedTime(headSent) >= (_spool.Flush ? HeadEveryInFlush : HeadEvery);
            if (isHeadDue && head.IsCompleted && window.TryEnter())
            {
                headSent = _clock.GetTimestamp();
                head = SendHeadAsync(session, window, stoppingToken);
            }

            if (!SendNext(session.Client, window, rooms))
            {
                await _wake.WaitAsync(_spool.Flush ? RestInFlush : Rest, CancellationToken.None);
            }
        }

        await head.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (!stoppingToken.IsCancellationRequested)
        {
            ThrowWhatEnded(window, head);
        }
    }

    /// <summary>After a connection has ended: what was on its way is back in the spool, or the patience is over and it follows by itself.</summary>
    public async Task ReturnedAsync(TimeSpan patience)
    {
        var since = _clock.GetTimestamp();
        while (_free.Count < _options.Window && _clock.GetElapsedTime(since) < patience)
        {
            await RestAsync();
        }
    }

    /// <summary>A connection that was simply lost needs no word here: its owner sees that.</summary>
    private static void ThrowWhatEnded(PublishWindow window, Task head)
    {
        if (head.Exception?.InnerException is BrokerException refusal)
        {
            throw refusal;
        }

        if (window.HasTimedOut)
        {
            throw new TimeoutException("It has not acknowledged a message in time; the connection is opened anew.");
        }
    }

    private async Task SendHeadAsync(BrokerSession session, PublishWindow window, CancellationToken stoppingToken)
    {
        try
        {
            var body = JsonSerializer.SerializeToUtf8Bytes(_outlet.Head(), TelemetryJson.Default.HeadMessage);
            _reporter.Answered(_headTopic, await session.PublishAsync(_headTopic, body, retain: false, stoppingToken));
            window.Leave();
        }
        catch (Exception cause)
        {
            // Not acknowledged, so its place stays taken; the loop ends and tells why.
            window.GiveUp(cause is TimeoutException);
            throw;
        }
        finally
        {
            Wake();
        }
    }

    /// <summary>Bytes for the payload of each stream's messages. Throws <see cref="BrokerException"/> when the broker takes not even one sample.</summary>
    private int[] Rooms(BrokerSession session)
    {
        var needed = TelemetryEncoder.BufferNeeded(1, _plan.TextBytesMax);
        foreach (var topic in _topics)
        {
            PacketRoom.Require(session.PacketBytesMax, topic, needed, "");
        }

        return [.. _topics.Select(topic => PacketRoom.PayloadMax(session.PacketBytesMax, topic))];
    }

    /// <summary>Takes the next message that is due from the streams in turn and sends it off, live ones of any stream first; false when there is none, or no room.</summary>
    private bool SendNext(IMqttClient client, PublishWindow window, int[] rooms)
    {
        if (!window.TryEnter())
        {
            return false;
        }

        if (!_free.TryTake(out var slot))
        {
            window.Leave();
            return false;
        }

        if (TrySend(client, window, slot, rooms, isLive: true) || TrySend(client, window, slot, rooms, isLive: false))
        {
            return true;
        }

        _free.Add(slot);
        window.Leave();
        return false;
    }

    private bool TrySend(IMqttClient client, PublishWindow window, PublishSlot slot, int[] rooms, bool isLive)
    {
        for (var tries = 0; tries < _topics.Length; tries++)
        {
            var index = _nextStream;
            _nextStream = (_nextStream + 1) % _topics.Length;
            if (Volatile.Read(ref _pausedUntil[index]) > _clock.GetTimestamp())
            {
                continue;
            }

            var length = Take(index, slot.Buffer.AsSpan(0, Math.Min(slot.Buffer.Length, rooms[index])), isLive, out var sent);
            if (length > 0)
            {
                _ = SendAsync(client, window, index, slot, length, sent);
                return true;
            }
        }

        return false;
    }

    private int Take(int index, Span<byte> room, bool isLive, out SentRange sent)
    {
        var utcMillis = (ulong)_clock.GetUtcNow().ToUnixTimeMilliseconds();
        var stream = _spool.Streams[index];
        return isLive
            ? stream.TakeLive(_cursors[index], _terms, _spool.Flush, utcMillis, MonoClock.NowNanos(), room, _scratch, out sent)
            : stream.TakeOlder(_cursors[index], _terms, _spool.Flush, utcMillis, MonoClock.NowNanos(), room, _scratch, out sent);
    }

    private async Task SendAsync(IMqttClient client, PublishWindow window, int index, PublishSlot slot, int length, SentRange sent)
    {
        if (await IsTakenAsync(client, window, index, slot, length))
        {
            _spool.Streams[index].Acknowledge(_cursors[index], sent);
            _status.CountAcknowledged();
        }
        else
        {
            _spool.Streams[index].Return(_cursors[index], sent);
            _status.CountReturned();
        }

        _free.Add(slot);
        window.Leave();
        Wake();
    }

    /// <summary>Whether the broker has the message. Never throws.</summary>
    private async Task<bool> IsTakenAsync(IMqttClient client, PublishWindow window, int index, PublishSlot slot, int length)
    {
        using var timeout = new CancellationTokenSource(PublishTimeout, _clock);
        try
        {
            var message = new MqttApplicationMessage
            {
                Topic = _topics[index],
                PayloadSegment = new ArraySegment<byte>(slot.Buffer, 0, length),
                QualityOfServiceLevel = MqttQualityOfServiceLevel.AtLeastOnce,
            };
            var result = await client.PublishAsync(message, timeout.Token);
            _reporter.Answered(message.Topic, result);
            if (!result.IsSuccess)
            {
                Pause(index);
            }

            return result.IsSuccess;
        }
        catch (Exception cause)
        {
            // Whatever the reason, the broker may not have it: it goes back, and the connection, in doubt, begins anew.
            _status.LastError = cause.Message;
            window.GiveUp(timeout.IsCancellationRequested);
            return false;
        }
    }

    /// <summary>The other streams go on, and nobody is flooded with what will be refused again.</summary>
    private void Pause(int index) =>
        Volatile.Write(ref _pausedUntil[index], _clock.GetTimestamp() + (long)(RefusedRest.TotalSeconds * _clock.TimestampFrequency));
}
