using IndustrieFutur.Edge.Core.Sampling;
using IndustrieFutur.Edge.Drivers.Running;

namespace IndustrieFutur.Edge.Cell.Tests.Proofs;

/// <summary>Looks at the block of an edge that samples in a process of its own, without asking either process.</summary>
internal sealed class SharedLoop : IDisposable
{
    private readonly MappedBlock _mapped;

    private SharedLoop(MappedBlock mapped)
    {
        _mapped = mapped;
        Join = new SamplerJoin(mapped.Memory);
        Gauges = new LoopGauges(mapped.Memory);
    }

    public SamplerJoin Join { get; }

    public LoopGauges Gauges { get; }

    /// <summary>The block of an edge with this data folder, once its loop ticks; null before.</summary>
    public static SharedLoop? TryOpen(string dataDirectory)
    {
        var file = SamplerPlan.BlockOf(dataDirectory);
        if (!File.Exists(file))
        {
            return null;
        }

        var loop = new SharedLoop(new MappedBlock(file));
        if (loop.Gauges.Ticks > 0)
        {
            return loop;
        }

        loop.Dispose();
        return null;
    }

    public void Dispose() => _mapped.Dispose();
}
