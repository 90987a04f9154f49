using IndustrieFutur.Edge.Northbound.Spool.Log;

namespace IndustrieFutur.Edge.Northbound.Spool;

/// <summary>
/// How much of the disk's bound a stream that keeps its oldest may fill: an equal part for each device, less the segments that the log
/// needs to work in. Refusing ends when a quarter has drained, so that an outage makes few gaps.
/// </summary>
internal sealed class DiskShare(SegmentLog log, LogTerms terms, int streams)
{
    /// <summary>One is written, one follows it, and the notes of one before may still be needed.</summary>
    private const int WorkingSegments = 3;

    private readonly double _bytesMax = (double)(terms.BytesMax - (WorkingSegments * (long)terms.SegmentBytes)) / streams;
    private double _bytes;
    private double _samples;
    private bool _isFull;

    /// <summary>What an earlier run left takes as much a sample as all of it together.</summary>
    public void Open()
    {
        _samples = log.Streams.Sum(stream => stream.Found.Ranges.Sum(range => (double)range.Count));
        _bytes = _samples > 0 ? Math.Max(log.BytesOnDisk, _samples * LogBatch.SampleBytes) : 0;
    }

    public void Note(LogBatch batch)
    {
        _samples += batch.Count;
        _bytes += RecordHeader.StrideOf(BatchHeader.Bytes + batch.SampleMemory.Length + batch.TextMemory.Length);
    }

    public bool IsFull(ulong pending)
    {
        var bytes = _samples > 0 ? pending * (_bytes / _samples) : 0;
        _isFull = bytes >= (_isFull ? _bytesMax * 3 / 4 : _bytesMax);
        return _isFull;
    }
}
