using System.Text.Json;
using IndustrieFutur.Edge.Protocols.Telemetry;
using Microsoft.Extensions.Logging;

namespace IndustrieFutur.Edge.Historian.Ingest;

/// <summary>The one loop of a historian: takes messages, fills the store, says what it has, asks for what is missing.</summary>
internal sealed class Ingestor(
    string id, HistorianOptions options, StoreWriter writer, Backlog backlog, BrokerLink broker, HistorianStatus status, TimeProvider clock, ILogger logger)
{
    /// <summary>Samples in memory at most, some 30 MB. More are left out and asked for again: the edges keep them meanwhile.</summary>
    public const int SamplesMax = 200_000;

    /// <summary>Messages taken before the store has its turn again: more than come while it writes a batch, or they would grow old in the inbox.</summary>
    private const int MessagesPerTurn = 512;

    /// <summary>How long the loop rests when no message wakes it; batches wait longer than this for company.</summary>
    private static readonly TimeSpan Rest = TimeSpan.FromMilliseconds(100);

    /// <summary>Missing descriptions are asked for so often at most: each time the broker sends all of them.</summary>
    private static readonly TimeSpan RefreshMetaEvery = TimeSpan.FromSeconds(10);

    private readonly HashSet<(string Group, string Edge)> _toTell = [];
    private readonly StreamBook _book = new(clock);
    private readonly List<StreamState> _asking = [];
    private long _metaRefreshed;
    private int _askFirst;
    private bool _isBehind;

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        var intake = new Intake(id, new StreamFilter(options.Streams), _book, backlog, status, clock, logger);
        _book.Load(await writer.OpenAsync(cancellationToken));
        broker.MayConnect();
        while (!cancellationToken.IsCancellationRequested)
        {
            var busy = TakeMessages(intake);
            intake.Expire();
            busy |= await writer.StepAsync(intake.Flush, cancellationToken);
            status.SamplesWaiting = writer.Count + intake.WaitingSamples;
            if (broker.IsConnected)
            {
                await TellAsync(intake, cancellationToken);
                await AskAsync(intake, cancellationToken);
            }

            if (!busy)
            {
                await broker.Inbox.WaitAsync(Rest, cancellationToken);
            }
        }
    }

    private bool TakeMessages(Intake intake)
    {
        var taken = 0;
        while (taken < MessagesPerTurn && broker.Inbox.TryTake(out var message))
        {
            var room = RoomAt(writer.Count + intake.WaitingSamples);
            TellBehind(room < Room.Live);
            intake.Take(message, room);
            taken++;
        }

        return taken > 0;
    }

    /// <summary>A half for everything, a quarter more for what is live, and the last one for what was asked for.</summary>
    internal static Room RoomAt(int samples) => samples switch
    {
        >= SamplesMax => Room.None,
        >= SamplesMax / 4 * 3 => Room.Asked,
        >= SamplesMax / 2 => Room.Live,
        _ => Room.Any,
    };

    /// <summary>Publishes the watermarks of every edge where they moved, or that has not heard of them.</summary>
    private async Task TellAsync(Intake intake, CancellationToken cancellationToken)
    {
        _toTell.UnionWith(writer.TakeSettled());
        _toTell.UnionWith(intake.TakeUnheard());
        if (broker.TakeReconnected())
        {
            _toTell.UnionWith(_book.Current.Select(state => (state.Key.Group, state.Key.Edge)));
        }

        foreach (var (group, edge) in _toTell.ToArray())
        {
            var body = JsonSerializer.SerializeToUtf8Bytes(_book.StoredOf(group, edge), TelemetryJson.Default.StoredMessage);
            if (!await broker.PublishAsync(new EdgeTopics(group, edge).Stored(id), body, retain: true, cancellationToken))
            {
                return;
            }

            _toTell.Remove((group, edge));
        }
    }

    private async Task AskAsync(Intake intake, CancellationToken cancellationToken)
    {
        if (intake.WantsMeta && (_metaRefreshed == 0 || clock.GetElapsedTime(_metaRefreshed) > RefreshMetaEvery))
        {
            intake.WantsMeta = false;
            _metaRefreshed = clock.GetTimestamp();
            await broker.RefreshMetaAsync(cancellationToken);
        }

        await AskForHolesAsync(cancellationToken);
    }

    /// <summary>As much as there is room for when it comes, from one stream after the other.</summary>
    private async Task AskForHolesAsync(CancellationToken cancellationToken)
    {
        _asking.Clear();
        _asking.AddRange(_book.Current);
        var awaited = _asking.Sum(state => state.Awaited);
        if (awaited == 0)
        {
            broker.NothingAwaited();
        }

        var room = SamplesMax - status.SamplesWaiting - awaited;
        for (var i = 0; i < _asking.Count && room >= (int)StreamState.AskMax; i++)
        {
            var state = _asking[(_askFirst + i) % _asking.Count];
            if (state.Ask() is not { } ask)
            {
                continue;
            }

            room -= state.Awaited;
            _askFirst = (_askFirst + i + 1) % _asking.Count;
            status.CountReplayAsked();
            var body = JsonSerializer.SerializeToUtf8Bytes(ask, TelemetryJson.Default.ReplayMessage);
            await broker.PublishAsync(new EdgeTopics(state.Key.Group, state.Key.Edge).Replay(id), body, retain: false, cancellationToken);
        }
    }

    private void TellBehind(bool behind)
    {
        if (behind && !_isBehind)
        {
            logger.Behind(id, writer.Count);
        }

        // Said again only after it was well clear of it.
        _isBehind = behind || (_isBehind && writer.Count > SamplesMax / 2);
    }
}
