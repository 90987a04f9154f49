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

    /// <summary>Messages taken before the store has its turn again.</summary>
    private const int MessagesPerTurn = 64;

    /// <summary>How long the loop rests when no message wakes it; batches wait longer than this for company.</summary>
    private static readonly TimeSpan Rest = TimeSpan.FromMilliseconds(100);

    /// <summary>Missing descriptions are asked for so often at most: each time the broker sends all of them.</summary>
    private static readonly TimeSpan RefreshMetaEvery = TimeSpan.FromSeconds(10);

    private readonly HashSet<(string Group, string Edge)> _toTell = [];
    private readonly StreamBook _book = new(clock);
    private long _metaRefreshed;
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
            var hasRoom = writer.Count + intake.WaitingSamples < SamplesMax;
            TellBehind(!hasRoom);
            intake.Take(message, hasRoom);
            taken++;
        }

        return taken > 0;
    }

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

        // Half of the room is left to what comes by itself.
        if (status.SamplesWaiting >= SamplesMax / 2)
        {
            return;
        }

        foreach (var state in _book.Current)
        {
            if (state.Ask() is not { } ask)
            {
                continue;
            }

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
