namespace IndustrieFutur.Edge.Benchmarks;

/// <summary>Counts what one thread allocates in a piece of work that is done again and again.</summary>
internal sealed class ThreadBytes(Action work)
{
    private long _bytes;

    /// <summary>Bytes since the start. For any thread.</summary>
    public long Bytes => Volatile.Read(ref _bytes);

    public void Work()
    {
        var before = GC.GetAllocatedBytesForCurrentThread();
        work();
        Volatile.Write(ref _bytes, _bytes + GC.GetAllocatedBytesForCurrentThread() - before);
    }
}
