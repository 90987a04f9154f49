namespace IndustrieFutur.Edge.Core.Sampling;

/// <summary>
/// Numbers and flags that one thread writes and any thread or process reads, each by its place: a line of memory of their own. Zeroed
/// memory is a fresh start; memory that was written to goes on from there, for a single aligned word is never half written.
/// </summary>
[HotPath]
public sealed unsafe class HotCounters
{
    private readonly long* _counters;

    /// <param name="memory">Where the numbers live.</param>
    /// <param name="count">How many; places from 0 to one less are the caller's to keep within.</param>
    public HotCounters(HotMemory memory, int count)
    {
        ArgumentNullException.ThrowIfNull(memory);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(count);
        _counters = (long*)memory.Take((long)count * sizeof(long));
    }

    public static long BytesNeeded(int count) => HotMemory.Padded((long)count * sizeof(long));

    public long Read(int place) => Volatile.Read(ref _counters[place]);

    /// <summary>For the one writing thread.</summary>
    public void Set(int place, long value) => Volatile.Write(ref _counters[place], value);

    /// <summary>For the one writing thread.</summary>
    public void Add(int place, long value) => Volatile.Write(ref _counters[place], _counters[place] + value);
}
