namespace IndustrieFutur.Edge.Tests.House;

/// <summary>One call that a hot type may make although it is on no list, and why it may.</summary>
internal sealed record HotPathAllowance(string Caller, string Callee, string Reason)
{
    private const string OncePerSecond = "Once a second, not per sample; TimeProvider.System allocates nothing, and a test measures it.";
    private const string BeforeTheFirstTick = "Sums up the memory at start-up, before any tick; arithmetic only.";

    public static readonly IReadOnlyList<HotPathAllowance> All =
    [
        new("UtcOffset.Refresh", "TimeProvider.GetUtcNow", OncePerSecond),
        new("UtcOffset.Refresh", "DateTimeOffset.get_UtcTicks", OncePerSecond),
        new("LatestValues.BytesNeeded", "HotMemory.Padded", BeforeTheFirstTick),
        new("SampleRing.BytesNeeded", "HotMemory.Padded", BeforeTheFirstTick),
        new("LedgerCounters.BytesNeeded", "HotMemory.Padded", BeforeTheFirstTick),
        new("LatencyHistogram.get_BytesNeeded", "HotMemory.Padded", BeforeTheFirstTick),
        new("LoopGauges.get_BytesNeeded", "HotMemory.Padded", BeforeTheFirstTick),
    ];
}
