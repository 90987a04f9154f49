using System.Globalization;
using System.Text.Json;
using IndustrieFutur.Edge.Protocols.Telemetry;
using Microsoft.Extensions.Logging;

namespace IndustrieFutur.Edge.Historian.Ingest;

/// <summary>Understands messages: what they carry goes into the backlog, what they say of the streams into the book.</summary>
internal sealed class Intake(
    string id, StreamFilter filter, StreamBook book, Backlog backlog, HistorianStatus status, TimeProvider clock, ILogger logger)
{
    /// <summary>Messages that may wait for their plan's description.</summary>
    private const int WaitingMax = 256;

    /// <summary>A retained description arrives within moments of subscribing; five seconds cover a slow line.</summary>
    private static readonly TimeSpan WaitingTime = TimeSpan.FromSeconds(5);

    /// <summary>Foreign messages come in floods; once a minute says enough.</summary>
    private static readonly TimeSpan TellUnreadableEvery = TimeSpan.FromMinutes(1);

    /// <summary>An edge that waits says so five times a second; one that has gone silent no longer waits.</summary>
    private static readonly TimeSpan FlushHolds = TimeSpan.FromSeconds(3);

    private readonly SeriesCatalog _catalog = new();
    private readonly List<WaitingMessage> _waiting = [];
    private readonly Dictionary<(string Group, string Edge), long> _flushing = [];
    private readonly HashSet<(string Group, string Edge)> _unheard = [];
    private long _unreadableTold;
    private bool _toldNoMeta;
    private bool _toldTooMany;

    /// <summary>An edge waits for its watermark: what is here is written at once.</summary>
    public bool Flush => _flushing.Count > 0;

    /// <summary>Samples in messages that wait for their plan's description.</summary>
    public int WaitingSamples { get; private set; }

    /// <summary>A description is missing; subscribing again makes the broker send it again.</summary>
    public bool WantsMeta { get; set; }

    /// <summary>Edges that have not freed what is stored: they have not heard of the watermark. Empties itself.</summary>
    public IReadOnlyList<(string Group, string Edge)> TakeUnheard()
    {
        (string, string)[] unheard = [.. _unheard];
        _unheard.Clear();
        return unheard;
    }

    /// <summary>Takes one message in.</summary>
    /// <param name="room">Samples beyond it are left out, and missed later.</param>
    public void Take(in Received message, Room room)
    {
        try
        {
            switch (message.Kind)
            {
                case ReceivedKind.Telemetry when room == Room.None:
                    status.CountDropped();
                    return;
                case ReceivedKind.Telemetry:
                    TakeTelemetry(message, room);
                    return;
                case ReceivedKind.Head:
                    TakeHead(message);
                    return;
                default:
                    TakeMeta(message);
                    return;
            }
        }
        catch (JsonException cause)
        {
            TellUnreadable(message, TelemetryFault.Of(cause));
        }
    }

    /// <summary>Gives up on messages whose description did not come in time, and on edges that wait no more.</summary>
    public void Expire()
    {
        foreach (var edge in _flushing.Keys.ToArray())
        {
            if (clock.GetElapsedTime(_flushing[edge]) > FlushHolds)
            {
                _flushing.Remove(edge);
            }
        }

        for (var i = _waiting.Count - 1; i >= 0; i--)
        {
            var waiting = _waiting[i];
            if (clock.GetElapsedTime(waiting.Since) < WaitingTime)
            {
                continue;
            }

            StopWaiting(i);
            WantsMeta = true;
            if (!_toldNoMeta)
            {
                _toldNoMeta = true;
                logger.NoMeta(id, waiting.Stream.Key.ToString());
            }
        }
    }

    private void TakeTelemetry(in Received message, Room room)
    {
        if (!TelemetryReader.TryOpen(message.Body, out var reader))
        {
            TellUnreadable(message, "its bytes are no telemetry of this product.");
            return;
        }

        var state = book.ForTelemetry(message.Stream, reader.Epoch, out var isNewEpoch);
        if (state is null)
        {
            TellTooMany(message.Stream);
            return;
        }

        TellNewEpoch(state, isNewEpoch);
        var range = reader.IsGap
            ? new SequenceRange(reader.GapFrom, reader.GapTo)
            : new SequenceRange(reader.First, reader.First + (ulong)reader.Count - 1);
        if (!(reader.IsGap ? state.CanBeGap(range) : state.CanBeSamples(range)))
        {
            TellUnreadable(message, $"its numbers reach {range.Last}, beyond anything that the edge has given.");
            return;
        }

        if (!reader.IsGap && !IsRoomFor(reader, state, range, room))
        {
            status.CountDropped();
            return;
        }

        var taken = state.Hold(range);
        CountDuplicates(reader, taken);
        if (taken.Count == 0)
        {
            return;
        }

        if (reader.IsGap)
        {
            TakeGap(state, taken, reader.GapCause);
            return;
        }

        if (_catalog.Find(state.Key, reader.PlanHash) is { } aliases)
        {
            TakeSamples(reader, state, taken, aliases);
            return;
        }

        Wait(new WaitingMessage(message, state, taken, reader.PlanHash, reader.Count, clock.GetTimestamp()));
    }

    /// <summary>What could not be remembered would be stored in vain, however much room there is.</summary>
    private static bool IsRoomFor(in TelemetryReader reader, StreamState state, SequenceRange range, Room room) =>
        state.IsAsked(range) || (room >= (reader.IsReplay ? Room.Any : Room.Live) && state.CanRemember(range));

    private void TakeGap(StreamState state, IReadOnlyList<SequenceRange> taken, byte cause)
    {
        var now = clock.GetUtcNow().ToUnixTimeMilliseconds() * TimeSpan.NanosecondsPerTick * TimeSpan.TicksPerMillisecond;
        foreach (var part in taken)
        {
            backlog.Add(new StoreGap(state, part, cause, now));
        }
    }

    private void TakeSamples(
        TelemetryReader reader, StreamState state, IReadOnlyList<SequenceRange> taken, IReadOnlyDictionary<uint, Series> aliases)
    {
        var part = 0;
        for (var number = reader.First; reader.TryNext(out var metric); number++)
        {
            while (part < taken.Count && taken[part].Last < number)
            {
                part++;
            }

            if (part == taken.Count)
            {
                return;
            }

            if (number < taken[part].First)
            {
                continue;
            }

            var series = aliases.TryGetValue(metric.Alias, out var known) && IsOfKind(metric, known) ? known : null;
            var text = series?.Kind == TelemetryKind.Text && !metric.IsNull ? metric.Text.ToArray() : null;

            // A value without a status says nothing of it; a status that is Bad says that there is none.
            var sample = new StoreSample(state, series, number, metric.SourceUtcNanos, metric.Bits, text, metric.Status);
            backlog.Add(metric.IsNull == sample.IsBad ? sample : sample with { Series = null });
        }
    }

    private static bool IsOfKind(in TelemetryMetric metric, Series series) =>
        metric.IsNull
        || metric.Kind == series.Kind
        || (metric.Kind == TelemetryKind.Int64 && series.Kind == TelemetryKind.UInt64);

    private void TakeHead(in Received message)
    {
        var head = JsonSerializer.Deserialize(message.Body, TelemetryJson.Default.HeadMessage)
            ?? throw new JsonException("The head is null.");
        var flush = false;
        foreach (var one in head.Streams)
        {
            var stream = new StreamKey(message.Group, message.Edge, one.Stream);
            if (!filter.Takes(stream) || !ulong.TryParse(one.Epoch, NumberStyles.HexNumber, CultureInfo.InvariantCulture, out var epoch))
            {
                continue;
            }

            var state = book.ForHead(stream, epoch, out var isNewEpoch);
            if (state is null)
            {
                TellTooMany(stream);
                continue;
            }

            TellNewEpoch(state, isNewEpoch);
            if (state.IsBeyond(one))
            {
                state = BeginAgain(state, one);
                _unheard.Add((message.Group, message.Edge));
            }
            else if (state.Contradicts(one))
            {
                continue;
            }

            state.Observe(one);
            flush |= one.Flush;
            if (one.Oldest < one.Next && one.Oldest <= state.Stored.UpTo)
            {
                _unheard.Add((message.Group, message.Edge));
            }
        }

        _flushing.Remove((message.Group, message.Edge));
        if (flush)
        {
            _flushing[(message.Group, message.Edge)] = clock.GetTimestamp();
        }
    }

    private StreamState BeginAgain(StreamState state, StreamHead head)
    {
        var from = Math.Max(1, Math.Min(head.Oldest, head.Next));
        logger.BeginsAgain(id, state.Key.ToString(), state.Stored.Highest, head.Next, from);
        return book.BeginAgain(state, from - 1);
    }

    private void TakeMeta(in Received message)
    {
        if (message.Body.Length == 0)
        {
            return;
        }

        var meta = JsonSerializer.Deserialize(message.Body, TelemetryJson.Default.MetaMessage) ?? throw new JsonException("The meta is null.");
        if (!_catalog.TryAdd(message.Stream, meta, out var error))
        {
            TellUnreadable(message, error);
            return;
        }

        foreach (var waiting in _waiting.ToArray())
        {
            if (_catalog.Find(waiting.Stream.Key, waiting.PlanHash) is not null)
            {
                StopWaiting(_waiting.IndexOf(waiting));
                TakeTelemetry(waiting.Message, Room.Any);
            }
        }
    }

    private void Wait(WaitingMessage waiting)
    {
        if (_waiting.Count >= WaitingMax)
        {
            StopWaiting(0);
        }

        _waiting.Add(waiting);
        WaitingSamples += waiting.Samples;
    }

    private void StopWaiting(int index)
    {
        var waiting = _waiting[index];
        _waiting.RemoveAt(index);
        WaitingSamples -= waiting.Samples;
        foreach (var part in waiting.Held)
        {
            waiting.Stream.Release(part);
        }
    }

    private void CountDuplicates(in TelemetryReader reader, IReadOnlyList<SequenceRange> taken)
    {
        var fresh = 0ul;
        foreach (var part in taken)
        {
            fresh += part.Count;
        }

        if (!reader.IsGap && fresh < (ulong)reader.Count)
        {
            status.CountDuplicate(reader.Count - (long)fresh);
        }
    }

    private void TellUnreadable(in Received message, string reason)
    {
        status.CountUnreadable();
        if (_unreadableTold == 0 || clock.GetElapsedTime(_unreadableTold) > TellUnreadableEvery)
        {
            _unreadableTold = clock.GetTimestamp();
            var device = message.Device.Length > 0 ? message.Device + "/" : "";
            logger.Unreadable(id, $"{EdgeTopics.Root}/{message.Group}/{message.Edge}/{device}{message.Kind.ToString().ToLowerInvariant()}", reason);
        }
    }

    private void TellNewEpoch(StreamState state, bool isNewEpoch)
    {
        if (isNewEpoch)
        {
            logger.NewEpoch(id, state.Key.ToString());
        }
    }

    private void TellTooMany(StreamKey stream)
    {
        if (!_toldTooMany)
        {
            _toldTooMany = true;
            logger.TooManyStreams(id, book.Count, stream.ToString());
        }
    }
}
