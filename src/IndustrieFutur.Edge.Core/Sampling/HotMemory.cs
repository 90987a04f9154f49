using System.Runtime.InteropServices;

namespace IndustrieFutur.Edge.Core.Sampling;

/// <summary>
/// The memory that rings, the latest-value table and the ledger live in: one zeroed block, taken at start-up, handed out by
/// offset. Nothing in it is a reference, so that two processes can map the same layout from one file.
/// </summary>
public sealed unsafe class HotMemory : IDisposable
{
    // Two cache lines: neighbouring-line prefetch pulls pairs, so 64 would still let two writers disturb one another.
    private const int Alignment = 128;

    private readonly byte* _start;
    private readonly bool _isBorrowed;
    private nuint _taken;
    private bool _disposed;

    /// <summary>Takes <paramref name="bytes"/> of zeroed memory, aligned to a page.</summary>
    public HotMemory(long bytes)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(bytes);
        Length = (nuint)bytes;
        _start = (byte*)NativeMemory.AlignedAlloc(Length, 4096);
        NativeMemory.Clear(_start, Length);
    }

    /// <summary>The same block once more, handed out from its beginning, as another process sees it; the first one frees it.</summary>
    internal HotMemory(HotMemory block)
    {
        ObjectDisposedException.ThrowIf(block._disposed, block);
        Length = block.Length;
        _start = block._start;
        _isBorrowed = true;
    }

    /// <summary>Memory of the caller's, who maps it and keeps it until this is disposed.</summary>
    public HotMemory(byte* start, long bytes)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(bytes);
        Length = (nuint)bytes;
        _start = start;
        _isBorrowed = true;
    }

    public nuint Length { get; }

    public nuint Taken => _taken;

    /// <summary>The next <paramref name="bytes"/> bytes, aligned to 128. Throws when the block is used up: sizes are summed at start-up.</summary>
    public byte* Take(long bytes)
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        ArgumentOutOfRangeException.ThrowIfNegative(bytes);
        var at = _taken;
        var next = at + (nuint)Padded(bytes);
        if (next > Length)
        {
            throw new InvalidOperationException($"Hot memory of {Length} bytes is used up: {bytes} more were asked after {at}.");
        }

        _taken = next;
        return _start + at;
    }

    /// <summary>What <see cref="Take"/> uses up for so many bytes.</summary>
    public static long Padded(long bytes) => (bytes + Alignment - 1) / Alignment * Alignment;

    public void Dispose()
    {
        if (_disposed)
        {
            return;
        }

        _disposed = true;
        if (!_isBorrowed)
        {
            NativeMemory.AlignedFree(_start);
        }
    }
}
