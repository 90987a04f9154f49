using IndustrieFutur.Edge.Historian.Stores;
using Microsoft.Extensions.Logging;

namespace IndustrieFutur.Edge.Historian.Ingest;

/// <summary>
/// Carries the backlog into the store, batch by batch, and settles numbers only when the store has confirmed them. The one owner of the
/// store's retries: a batch is kept until then, whatever happens.
/// </summary>
internal sealed class StoreWriter(
    string id, string storeName, IStore store, Backlog backlog, HistorianStatus status, TimeProvider clock, ILogger logger)
{
    private static readonly TimeSpan BackoffFirst = TimeSpan.FromMilliseconds(250);

    /// <summary>A store that returns is found within ten seconds, and one that is down is not hammered.</summary>
    private static readonly TimeSpan BackoffMax = TimeSpan.FromSeconds(10);

    /// <summary>The longest that a store may send us away for: a misconfigured proxy must not stop a cell for hours.</summary>
    private static readonly TimeSpan RetryAfterMax = TimeSpan.FromSeconds(60);

    /// <summary>Refusals come by the thousand; once a minute says enough.</summary>
    private static readonly TimeSpan TellRefusedEvery = TimeSpan.FromMinutes(1);

    /// <summary>A look at a file's number on its disk: so often that nobody waits for the answer.</summary>
    private static readonly TimeSpan CheckEvery = TimeSpan.FromMilliseconds(500);

    private readonly HashSet<(string Group, string Edge)> _settled = [];
    private Queue<StoreBatch> _toWrite = new();
    private Queue<WrittenBatch> _written = new();
    private TimeSpan _backoff = BackoffFirst;
    private TimeSpan _pause;
    private long _failedAt;
    private long _checkedAt;
    private bool _wasTold;
    private long _refusedTold;
    private int _refusedSinceTold;

    /// <summary>Samples and gaps that the store does not have for certain.</summary>
    public int Count => backlog.Count + _toWrite.Sum(batch => batch.Samples.Length) + _written.Sum(written => written.Batch.Samples.Length);

    /// <summary>Edges whose watermark has moved. Empties itself.</summary>
    public IReadOnlyList<(string Group, string Edge)> TakeSettled()
    {
        (string, string)[] settled = [.. _settled];
        _settled.Clear();
        return settled;
    }

    /// <summary>Opens the store; tries until it succeeds. Returns the watermarks in it.</summary>
    public async Task<IReadOnlyList<StreamMark>> OpenAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            try
            {
                var marks = await store.OpenAsync(cancellationToken);
                Recover();
                logger.StoreOpen(id, storeName, marks.Select(mark => mark.Stream).Distinct().Count());
                return marks;
            }
            catch (StoreException cause)
            {
                Fail(cause);
                await Task.Delay(_pause, clock, cancellationToken);
            }
        }
    }

    /// <summary>Writes the next batch that is due and confirms what can be; true when there may be more to do at once.</summary>
    public async Task<bool> StepAsync(bool flush, CancellationToken cancellationToken)
    {
        if (_pause > TimeSpan.Zero && clock.GetElapsedTime(_failedAt) < _pause)
        {
            return false;
        }

        try
        {
            CheckStore();
            var wrote = await WriteAsync(flush, cancellationToken);
            await ConfirmAsync(flush && backlog.Count == 0 && _toWrite.Count == 0, cancellationToken);
            if (wrote || _pause > TimeSpan.Zero)
            {
                Recover();
            }

            return wrote;
        }
        catch (StoreException cause) when (!cause.IsSetBack)
        {
            Fail(cause);
            return false;
        }
    }

    private void CheckStore()
    {
        if (clock.GetElapsedTime(_checkedAt) >= CheckEvery)
        {
            _checkedAt = clock.GetTimestamp();
            store.Check();
        }
    }

    private async Task<bool> WriteAsync(bool flush, CancellationToken cancellationToken)
    {
        if (_toWrite.Count == 0 && backlog.IsDue(flush))
        {
            _toWrite.Enqueue(backlog.Cut());
        }

        if (!_toWrite.TryPeek(out var batch))
        {
            return false;
        }

        var write = await store.WriteAsync(batch, cancellationToken);
        _toWrite.Dequeue();
        _written.Enqueue(new WrittenBatch(write, batch, batch.Fates()));
        return true;
    }

    private async Task ConfirmAsync(bool flush, CancellationToken cancellationToken)
    {
        if (_written.Count == 0)
        {
            return;
        }

        var confirmed = await store.ConfirmAsync(MarksAfter, flush, cancellationToken);
        while (_written.TryPeek(out var written) && written.Write <= confirmed)
        {
            _written.Dequeue();
            Settle(written);
        }
    }

    private List<StreamMark> MarksAfter(long write)
    {
        var marks = new Dictionary<StreamState, StreamMark>();
        foreach (var fate in _written.Where(written => written.Write <= write).SelectMany(written => written.Fates))
        {
            if (!marks.TryGetValue(fate.Stream, out var mark))
            {
                marks[fate.Stream] = mark = new StreamMark(fate.Stream.Key, fate.Stream.Epoch, fate.Stream.Stored.Clone());
            }

            mark.Stored.Add(fate.Range, fate.Cause);
        }

        return [.. marks.Values];
    }

    private void Settle(WrittenBatch written)
    {
        foreach (var fate in written.Fates)
        {
            fate.Stream.Settle(fate.Range, fate.Cause);
            _settled.Add((fate.Stream.Key.Group, fate.Stream.Key.Edge));
        }

        var batch = written.Batch;
        status.CountStored(batch.Samples.Length - batch.RefusedCount);
        status.CountRefused(batch.RefusedCount);
        status.CountGaps(batch.Gaps.Length);
        TellRefused(batch);
    }

    private void TellRefused(StoreBatch batch)
    {
        if (batch.RefusedCount == 0)
        {
            return;
        }

        _refusedSinceTold += batch.RefusedCount;
        if (_refusedTold == 0 || clock.GetElapsedTime(_refusedTold) > TellRefusedEvery)
        {
            var first = batch.Samples[batch.RefusedFirst];
            logger.Refused(id, _refusedSinceTold, first.Series?.ToString() ?? first.Stream.Key.ToString(), batch.RefusedReason);
            _refusedTold = clock.GetTimestamp();
            _refusedSinceTold = 0;
        }
    }

    private void Recover()
    {
        _pause = TimeSpan.Zero;
        _backoff = BackoffFirst;
        status.TellStore(true, "");
        if (_wasTold)
        {
            _wasTold = false;
            logger.StoreBack(id, storeName);
        }
    }

    private void Fail(StoreException cause)
    {
        status.TellStore(false, cause.Message);
        if (cause.WritesLost && _written.Count > 0)
        {
            logger.WritesLost(id, storeName, cause.Message, _written.Count);
            _toWrite = new Queue<StoreBatch>(_written.Select(written => written.Batch).Concat(_toWrite));
            _written = new Queue<WrittenBatch>();
        }
        else if (!_wasTold)
        {
            _wasTold = true;
            logger.StoreUnusable(id, storeName, cause.Message);
        }

        _failedAt = clock.GetTimestamp();
        var jitter = 0.5 + Random.Shared.NextDouble();
        _pause = cause.RetryAfter is { } asked ? TimeSpan.FromTicks(Math.Min(asked.Ticks, RetryAfterMax.Ticks)) : _backoff * jitter;
        _backoff = TimeSpan.FromTicks(Math.Min(_backoff.Ticks * 2, BackoffMax.Ticks));
    }
}
