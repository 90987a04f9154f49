using IndustrieFutur.Edge.Core.Sampling;
using IndustrieFutur.Edge.Northbound.Spool.Log;

namespace IndustrieFutur.Edge.Northbound.Spool;

/// <summary>
/// The batch of a stream that was last read from the disk, for whoever goes through what memory no longer holds. Loaded outside of the
/// stream's lock, looked at under it; for one thread.
/// </summary>
internal sealed class DiskWindow(LogReader reader, SignalBook book) : IDisposable
{
    private readonly LogBatch _batch = new();
    private ulong _missingFrom;
    private ulong _missingTo;

    /// <summary>Reads the batch with this number, which the disk should have as well as all up to <paramref name="last"/>; what is missing is remembered.</summary>
    public void Load(ulong number, ulong last)
    {
        _missingFrom = 0;
        if (!reader.TryRead(number, _batch))
        {
            _batch.Begin(0, number, 0);
            (_missingFrom, _missingTo) = (number, last);
        }
        else if (_batch.First > number)
        {
            (_missingFrom, _missingTo) = (number, Math.Min(last, _batch.First - 1));
        }
    }

    public bool Holds(ulong number) => _batch.Count > 0 && number >= _batch.First && number <= _batch.Last;

    /// <summary>The disk was asked for this number and has it not; nor those up to <paramref name="last"/>.</summary>
    public bool IsMissing(ulong number, out ulong last)
    {
        last = _missingTo;
        return _missingFrom != 0 && number >= _missingFrom && number <= _missingTo;
    }

    /// <summary>A sample that it holds, by today's index: -1 when the plan has the signal no longer.</summary>
    public Sample Sample(ulong number)
    {
        var sample = _batch.Samples[(int)(number - _batch.First)];
        return new Sample(book.Find(_batch.Tag, sample.Signal), sample.Status, sample.Bits, sample.SourceUtcNanos, sample.ArrivalMonoNanos);
    }

    public ReadOnlySpan<byte> Text(ulong number) => _batch.Text(_batch.Samples[(int)(number - _batch.First)]);

    public void Dispose()
    {
        reader.Dispose();
        _batch.Dispose();
    }
}
