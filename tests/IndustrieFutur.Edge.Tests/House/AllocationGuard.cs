namespace IndustrieFutur.Edge.Tests.House;

/// <summary>Counts what a piece of work allocates on the thread that does it, to the byte: the third guard of the hot path, and the one that sees what the runtime does by itself.</summary>
internal static class AllocationGuard
{
    private const int Tries = 5;

    /// <summary>
    /// The bytes of so many turns, after one that counts for nothing: it runs the static constructors. What the runtime allocates once, such as when it
    /// compiles a loop anew while it runs, is no cost of the work: of up to five tries the least counts, and the first without a byte ends them.
    /// </summary>
    public static long BytesOf(Action work, int turns = 1)
    {
        work();
        var least = long.MaxValue;
        for (var attempt = 0; attempt < Tries && least > 0; attempt++)
        {
            least = Math.Min(least, Count(work, turns));
        }

        return least;
    }

    private static long Count(Action work, int turns)
    {
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var turn = 0; turn < turns; turn++)
        {
            work();
        }

        return GC.GetAllocatedBytesForCurrentThread() - before;
    }
}
