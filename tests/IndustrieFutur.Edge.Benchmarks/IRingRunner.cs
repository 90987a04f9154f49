namespace IndustrieFutur.Edge.Benchmarks;

/// <summary>A queue in a contest: one thread writes numbered items, another reads them and looks at the numbers.</summary>
internal interface IRingRunner
{
    /// <summary>Writes the items from number <paramref name="first"/> on. False: the other side stood still.</summary>
    bool Write(long first, int count);

    /// <summary>Reads as many. False: the other side stood still, or an item bore another number than it had to.</summary>
    bool Read(long first, int count);
}
