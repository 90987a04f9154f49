using IndustrieFutur.Edge.OpcUa.Types;
using IndustrieFutur.Edge.OpcUa.Types.Generated;

namespace IndustrieFutur.Edge.OpcUa.Server.Subscriptions;

/// <summary>Which change of a value is worth a notification (OPC UA Part 4, 7.22.2).</summary>
/// <param name="Trigger">What counts as a change.</param>
/// <param name="Deadband">How far a number may move from the last one that was reported; 0 = any change counts, null = none was asked for.</param>
internal sealed record DataFilter(DataChangeTrigger Trigger, double? Deadband)
{
    public static readonly DataFilter Usual = new(DataChangeTrigger.StatusValue, null);

    /// <summary>A change of the status always passes.</summary>
    public bool Passes(DataValue last, DataValue now) => last.Status != now.Status || Trigger switch
    {
        DataChangeTrigger.Status => false,
        DataChangeTrigger.StatusValueTimestamp when Deadband is null => HasMoved(last, now) || HasOtherTime(last, now),
        _ => HasMoved(last, now),
    };

    private static bool HasOtherTime(DataValue last, DataValue now) =>
        last.SourceTimestamp != now.SourceTimestamp || last.SourcePicoseconds != now.SourcePicoseconds;

    private bool HasMoved(DataValue last, DataValue now) => Deadband is { } deadband
        ? ValueComparison.IsBeyond(last.Value, now.Value, deadband)
        : !ValueComparison.AreEqual(last.Value, now.Value);
}
