using System.Buffers;
using System.Globalization;
using System.Text.Json;
using IndustrieFutur.Edge.Protocols.Telemetry;
using MQTTnet;
using MQTTnet.Formatter;
using MQTTnet.Protocol;

namespace IndustrieFutur.Edge.Cell.Tests.Proofs;

/// <summary>
/// A subscriber of its own at the broker: which number bore which sample, how late the live ones were, there and in the store, in what order
/// they came. Its session outlives the broker's kill, so that it hears the first message too.
/// </summary>
internal sealed class TelemetryWitness(int port, EdgeTopics topics, string device, string historian, int signals) : IDisposable
{
    private const int WrongsKept = 10;
    private const int LatestMillis = 100_000;

    private readonly Lock _gate = new();
    private readonly List<string> _wrong = [];
    private readonly int[] _lateMillis = new int[LatestMillis + 1];
    private readonly SequenceSet _live = new();
    private readonly SequenceSet _replayed = new();
    private long[] _times = new long[1 << 20];

    // Of the live ones since then, and before that of nobody.
    private ulong _stored = ulong.MaxValue;
    private ulong _lastLive;
    private ulong _lastReplayed;
    private long _nulls;
    private IMqttClient? _client;

    /// <summary>What was not as it must be, in words.</summary>
    public IReadOnlyList<string> Wrong
    {
        get
        {
            lock (_gate)
            {
                return [.. _wrong];
            }
        }
    }

    /// <summary>Numbers heard, live or replayed.</summary>
    public ulong Heard
    {
        get
        {
            lock (_gate)
            {
                return _live.Count + _replayed.Count;
            }
        }
    }

    /// <summary>Numbers first heard as replayed.</summary>
    public ulong Replayed
    {
        get
        {
            lock (_gate)
            {
                return _replayed.Count;
            }
        }
    }

    /// <summary>The longest that a live sample took until the historian said that it is stored, in milliseconds.</summary>
    public long StoredLateMillis { get; private set; }

    /// <summary>Samples without a value.</summary>
    public long Nulls => Volatile.Read(ref _nulls);

    /// <summary>Connects, or connects again. True: the broker still knew it.</summary>
    public async Task<bool> ConnectAsync(CancellationToken cancellation)
    {
        _client?.Dispose();
        _client = new MqttClientFactory().CreateMqttClient();
        _client.ApplicationMessageReceivedAsync += received =>
        {
            Hear(received.ApplicationMessage);
            return Task.CompletedTask;
        };
        var options = new MqttClientOptionsBuilder()
            .WithTcpServer("127.0.0.1", port)
            .WithProtocolVersion(MqttProtocolVersion.V311)
            .WithClientId("witness")
            .WithCleanSession(false)
            .Build();
        var connected = await _client.ConnectAsync(options, cancellation);
        if (!connected.IsSessionPresent)
        {
            var filter = new MqttClientSubscribeOptionsBuilder()
                .WithTopicFilter(topics.Telemetry(device), MqttQualityOfServiceLevel.AtLeastOnce)
                .WithTopicFilter(topics.Stored(historian), MqttQualityOfServiceLevel.AtLeastOnce)
                .Build();
            await _client.SubscribeAsync(filter, cancellation);
        }

        return connected.IsSessionPresent;
    }

    /// <summary>When a number's sample was made; 0: it was never heard.</summary>
    public long TimeOf(ulong number)
    {
        lock (_gate)
        {
            return number <= (ulong)_times.Length ? _times[number - 1] : 0;
        }
    }

    /// <summary>From now on it is counted how late live samples are.</summary>
    public void BeginLateness()
    {
        lock (_gate)
        {
            Array.Clear(_lateMillis);
            _stored = _lastLive;
        }
    }

    /// <summary>How many live samples there were since, and how late, in milliseconds: 99 in 100 of them at most, and the last of all.</summary>
    public (long Samples, int P99, int Most) Lateness()
    {
        lock (_gate)
        {
            var samples = _lateMillis.Sum(count => (long)count);
            var (left, p99) = (samples / 100, LatestMillis);
            while (p99 > 0 && (left -= _lateMillis[p99]) >= 0)
            {
                p99--;
            }

            return (samples, p99, Array.FindLastIndex(_lateMillis, count => count > 0));
        }
    }

    public void Dispose() => _client?.Dispose();

    private void Hear(MqttApplicationMessage message)
    {
        var arrivalUtcNanos = (TimeProvider.System.GetUtcNow() - DateTimeOffset.UnixEpoch).Ticks * TimeSpan.NanosecondsPerTick;
        var body = message.Payload.ToArray();
        lock (_gate)
        {
            if (message.Topic == topics.Stored(historian))
            {
                HearStored(JsonSerializer.Deserialize(body, TelemetryJson.Default.StoredMessage)!.Streams.Single(stream => stream.Stream == device), arrivalUtcNanos);
            }
            else if (!TelemetryReader.TryOpen(body, out var reader))
            {
                Tell($"a message is no telemetry");
            }
            else if (!reader.IsGap)
            {
                Hear(reader, arrivalUtcNanos);
            }
        }
    }

    /// <summary>The first of the live ones that it newly says is stored has waited the longest.</summary>
    private void HearStored(StreamStored stored, long arrivalUtcNanos)
    {
        var highest = stored.Ranges.Count > 0 ? stored.Ranges[^1].Last : stored.UpTo;
        foreach (var range in _live.Ranges.Where(range => range.Last > _stored).Take(1))
        {
            var first = Math.Max(range.First, _stored + 1);
            StoredLateMillis = first > highest ? StoredLateMillis : Math.Max(StoredLateMillis, (arrivalUtcNanos - _times[first - 1]) / 1_000_000);
        }

        _stored = Math.Max(_stored, highest);
    }

    private void Hear(TelemetryReader reader, long arrivalUtcNanos)
    {
        var range = new SequenceRange(reader.First, reader.First + (ulong)reader.Count - 1);
        Grow(range.Last);
        for (var number = range.First; reader.TryNext(out var metric); number++)
        {
            var (read, signal) = ((long)(number - 1) / signals, (uint)((number - 1) % (ulong)signals));
            if (metric.Alias != signal || (!metric.IsNull && metric.Bits != OutageMachine.ValueAt(read)))
            {
                Tell($"{number} is {metric.Bits} of signal {metric.Alias}");
            }

            ref var time = ref _times[number - 1];
            if (time != 0 && time != metric.SourceUtcNanos)
            {
                Tell($"{number} has two samples");
            }

            var isHeardBefore = time != 0;
            _nulls += metric.IsNull && !isHeardBefore ? 1 : 0;
            time = metric.SourceUtcNanos;

            // A killed broker sends once more what was on its way when it last saved; whoever heard it then is not told late now.
            if (!reader.IsReplay && !isHeardBefore)
            {
                _lateMillis[Math.Clamp((arrivalUtcNanos - time) / 1_000_000, 0, LatestMillis)]++;
            }
        }

        Order(range, reader.IsReplay);
    }

    /// <summary>Numbers rise within what is live and within what is replayed; what was heard before is heard for somebody else.</summary>
    private void Order(SequenceRange range, bool isReplay)
    {
        var (mine, other) = isReplay ? (_replayed, _live) : (_live, _replayed);
        ref var last = ref isReplay ? ref _lastReplayed : ref _lastLive;
        foreach (var part in other.Missing(range).ToArray())
        {
            foreach (var fresh in mine.Missing(part).ToArray())
            {
                if (fresh.First <= last)
                {
                    Tell($"{fresh.First} comes after {last}, replayed: {isReplay}");
                }

                last = fresh.Last;
                mine.Add(fresh);
            }
        }
    }

    private void Grow(ulong last)
    {
        if (last > (ulong)_times.Length)
        {
            Array.Resize(ref _times, (int)Math.Max(last, 2 * (ulong)_times.Length));
        }
    }

    private void Tell(FormattableString what)
    {
        if (_wrong.Count < WrongsKept)
        {
            _wrong.Add(what.ToString(CultureInfo.InvariantCulture));
        }
    }
}
