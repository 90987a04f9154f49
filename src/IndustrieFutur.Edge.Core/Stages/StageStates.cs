using IndustrieFutur.Edge.Core.Plans;
using IndustrieFutur.Edge.Core.Sampling;
using IndustrieFutur.Edge.Core.Stages.Expressions;

namespace IndustrieFutur.Edge.Core.Stages;

/// <summary>
/// All that the stages remember from one sample to the next, in memory they are given: a loop that is started anew over the same memory
/// and plan goes on with the order in time, the deadbands, the windows and the counts as they were. Zeroed memory is a fresh start.
/// </summary>
public sealed unsafe class StageStates
{
    public StageStates(HotMemory memory, IReadOnlyList<SignalPlan> signals)
    {
        ArgumentNullException.ThrowIfNull(memory);
        var count = CountsOf(signals);
        Count = signals.Count;
        Signals = (SignalState*)memory.Take((long)count.Signals * sizeof(SignalState));
        Doors = (DoorState*)memory.Take((long)count.Doors * sizeof(DoorState));
        Derived = (DerivedState*)memory.Take((long)count.Derived * sizeof(DerivedState));
        Slots = (StageSlot*)memory.Take((long)count.Slots * sizeof(StageSlot));
    }

    public int Count { get; }

    /// <summary>One for each signal.</summary>
    internal SignalState* Signals { get; }

    /// <summary>One for each signal with a swinging door, in the order of the plan.</summary>
    internal DoorState* Doors { get; }

    /// <summary>One for each derived signal, in the order of the plan: an order that another plan of the same text has too.</summary>
    internal DerivedState* Derived { get; }

    /// <summary>What expressions remember, program behind program.</summary>
    internal StageSlot* Slots { get; }

    public static long BytesNeeded(IReadOnlyList<SignalPlan> signals)
    {
        var count = CountsOf(signals);
        return HotMemory.Padded((long)count.Signals * sizeof(SignalState)) + HotMemory.Padded((long)count.Doors * sizeof(DoorState))
            + HotMemory.Padded((long)count.Derived * sizeof(DerivedState)) + HotMemory.Padded((long)count.Slots * sizeof(StageSlot));
    }

    private static (int Signals, int Doors, int Derived, int Slots) CountsOf(IReadOnlyList<SignalPlan> signals)
    {
        ArgumentNullException.ThrowIfNull(signals);
        var (doors, derived, slots) = (0, 0, 0);
        foreach (var signal in signals)
        {
            doors += signal.DoorDeviation is null ? 0 : 1;
            derived += signal.Derived is null ? 0 : 1;
            slots += (signal.Derived?.Value?.Slots ?? 0) + (signal.Derived?.Reset?.Slots ?? 0);
        }

        return (signals.Count, doors, derived, slots);
    }
}
