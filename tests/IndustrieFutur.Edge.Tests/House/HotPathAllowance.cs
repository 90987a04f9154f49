namespace IndustrieFutur.Edge.Tests.House;

/// <summary>One call that a hot type may make although it is on no list, and why it may.</summary>
internal sealed record HotPathAllowance(string Caller, string Callee, string Reason)
{
    private const string OncePerSecond = "Once a second, not per sample; TimeProvider.System allocates nothing, and a test measures it.";
    private const string BeforeTheFirstTick = "Sums up the memory at start-up, before any tick; arithmetic only.";

    private const string WhenALinkChanges = "When a link is lost, a controller speaks or a person asks, not per sample; in and out by way of the stack.";

    public static readonly IReadOnlyList<HotPathAllowance> All =
    [
        new("UtcOffset.Refresh", "TimeProvider.GetUtcNow", OncePerSecond),
        new("UtcOffset.Refresh", "DateTimeOffset.get_UtcTicks", OncePerSecond),
        new("LatestValues.BytesNeeded", "HotMemory.Padded", BeforeTheFirstTick),
        new("SampleRing.BytesNeeded", "HotMemory.Padded", BeforeTheFirstTick),
        new("LedgerCounters.BytesNeeded", "HotMemory.Padded", BeforeTheFirstTick),
        new("LatencyHistogram.get_BytesNeeded", "HotMemory.Padded", BeforeTheFirstTick),
        new("LoopGauges.get_BytesNeeded", "HotMemory.Padded", BeforeTheFirstTick),
        new("HotCounters.BytesNeeded", "HotMemory.Padded", BeforeTheFirstTick),
        new("HotText.BytesNeeded", "HotMemory.Padded", BeforeTheFirstTick),
        new("ReactionRing.get_BytesNeeded", "HotMemory.Padded", BeforeTheFirstTick),
        new("ReactionStage.BytesNeeded", "HotMemory.Padded", BeforeTheFirstTick),
        new("HotText.get_Value", "Encoding.get_UTF8", WhenALinkChanges),
        new("HotText.get_Value", "Encoding.GetString", WhenALinkChanges),
        new("HotText.set_Value", "Utf8.FromUtf16", WhenALinkChanges),
        new("HotText.set_Value", "String.get_Length", WhenALinkChanges),
    ];
}
