using System.Runtime.InteropServices;
using IndustrieFutur.Edge.Core;

namespace IndustrieFutur.Edge.Northbound.Spool.Log;

/// <summary>
/// The newest records, whole, in memory: those not yet written, and those written that a failed sync may still take away. Bounded;
/// full, it refuses.
/// </summary>
[HotPath]
internal sealed unsafe class LogTail : IDisposable
{
    private readonly byte* _bytes;
    private bool _disposed;

    public LogTail(int capacity)
    {
        Capacity = capacity;
        _bytes = (byte*)NativeMemory.AlignedAlloc((nuint)capacity, 4_096);
    }

    public int Capacity { get; }

    public int Length { get; private set; }

    /// <summary>So much of it, from the beginning, is in the file.</summary>
    public int Written { get; private set; }

    public int Unwritten => Length - Written;

    public ReadOnlySpan<byte> Waiting => new(_bytes + Written, Length - Written);

    /// <summary>Room for one more record, or nothing.</summary>
    public Span<byte> Room(int bytes) => Capacity - Length < bytes ? default : new Span<byte>(_bytes + Length, bytes);

    /// <summary>The record in the room is complete.</summary>
    public void Add(int bytes) => Length += bytes;

    /// <summary>Takes out the samples of the record at an offset.</summary>
    public void Read(int at, LogBatch batch)
    {
        var record = new Span<byte>(_bytes + at, Length - at);
        ref var header = ref RecordHeader.At(record);
        batch.Take(record.Slice(RecordHeader.Bytes, header.Length), header.WrittenUtcNanos);
    }

    public void NoteWritten() => Written = Length;

    /// <summary>What was written cannot be relied upon: all of it waits again.</summary>
    public void NoteUnwritten() => Written = 0;

    /// <summary>Everything is where it belongs.</summary>
    public void Clear()
    {
        Length = 0;
        Written = 0;
    }

    public void Dispose()
    {
        if (!_disposed)
        {
            _disposed = true;
            NativeMemory.AlignedFree(_bytes);
        }
    }
}
