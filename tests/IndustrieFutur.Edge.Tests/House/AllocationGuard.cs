namespace IndustrieFutur.Edge.Tests.House;

/// <summary>Counts what a piece of work allocates on the thread that does it, to the byte: the third guard of the hot path, and the one that sees what the runtime does by itself.</summary>
internal static class AllocationGuard
{
    /// <summary>The bytes of so many turns, after one that counts for nothing: it runs the static constructors.</summary>
    public static long BytesOf(Action work, int turns = 1)
    {
        work();
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var turn = 0; turn < turns; turn++)
        {
            work();
        }

        return GC.GetAllocatedBytesForCurrentThread() - before;
    }
}
