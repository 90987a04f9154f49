using IndustrieFutur.Edge.Core.Sampling;

namespace IndustrieFutur.Edge.Drivers.OpenProtocol;

/// <summary>The numbers of one Open Protocol session, in memory that is given. Written by the link's thread, read by anyone.</summary>
/// <param name="memory">Where they live; zeroed memory is a session that was never started.</param>
public sealed class OpenProtocolStatistics(HotMemory memory)
{
    private const int PlaceOfRepeated = 0;
    private const int Places = 1;

    private readonly HotCounters _numbers = new(memory, Places);

    public static long BytesNeeded { get; } = HotCounters.BytesNeeded(Places);

    /// <summary>Results that came a second time and were acknowledged again, no more.</summary>
    public long Repeated => _numbers.Read(PlaceOfRepeated);

    internal void CountRepeated() => _numbers.Add(PlaceOfRepeated, 1);
}
