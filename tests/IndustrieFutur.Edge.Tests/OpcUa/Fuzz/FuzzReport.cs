namespace IndustrieFutur.Edge.Tests.OpcUa.Fuzz;

/// <summary>What became of the inputs of one thread.</summary>
internal sealed class FuzzReport
{
    public List<string> Failures { get; } = [];

    public long Inputs { get; private set; }

    public long Refused { get; private set; }

    public TimeSpan Slowest { get; private set; }

    /// <summary>The largest share that an input took of the memory it may take.</summary>
    public double ShareOfMemory { get; private set; }

    public void Count(bool isRefused, TimeSpan elapsed, double shareOfMemory)
    {
        Inputs++;
        Refused += isRefused ? 1 : 0;
        Slowest = elapsed > Slowest ? elapsed : Slowest;
        ShareOfMemory = Math.Max(ShareOfMemory, shareOfMemory);
    }
}
