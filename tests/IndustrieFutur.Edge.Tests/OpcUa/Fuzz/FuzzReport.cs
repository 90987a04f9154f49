namespace IndustrieFutur.Edge.Tests.OpcUa.Fuzz;

/// <summary>What became of the inputs of one thread.</summary>
internal sealed class FuzzReport
{
    public List<string> Failures { get; } = [];

    public long Inputs { get; private set; }

    public long Refused { get; private set; }

    public TimeSpan Slowest { get; private set; }

    /// <summary>The largest ratio of memory to input, beyond what an exception takes.</summary>
    public double BytesOverInput { get; private set; }

    public void Count(int length, bool isRefused, TimeSpan elapsed, long allocatedBeyond)
    {
        Inputs++;
        Refused += isRefused ? 1 : 0;
        Slowest = elapsed > Slowest ? elapsed : Slowest;
        BytesOverInput = Math.Max(BytesOverInput, (double)allocatedBeyond / Math.Max(1, length));
    }
}
