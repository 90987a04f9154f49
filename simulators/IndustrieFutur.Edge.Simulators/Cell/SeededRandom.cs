using System.Runtime.InteropServices;

namespace IndustrieFutur.Edge.Simulators.Cell;

/// <summary>Chance of its own for each device of a cell: one seed gives all of them, and a device more changes nothing for the others.</summary>
public static class SeededRandom
{
    private const ulong FnvBasis = 14_695_981_039_346_656_037;
    private const ulong FnvPrime = 1_099_511_628_211;

    /// <param name="seed">The cell's.</param>
    /// <param name="device">The device's id.</param>
    public static Random For(int seed, string device)
    {
        // FNV-1a: a string's own hash differs from process to process.
        var hash = FnvBasis ^ (uint)seed;
        foreach (var unit in MemoryMarshal.AsBytes(device.AsSpan()))
        {
            hash = (hash ^ unit) * FnvPrime;
        }

#pragma warning disable CA5394 // The same day for the same seed is the point.
        return new Random((int)(hash ^ (hash >> 32)));
#pragma warning restore CA5394
    }
}
