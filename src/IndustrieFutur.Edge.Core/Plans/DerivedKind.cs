namespace IndustrieFutur.Edge.Core.Plans;

/// <summary>What the stages make a derived signal with.</summary>
public enum DerivedKind : byte
{
    /// <summary>The value of an expression, once a tick in which one of its inputs has changed.</summary>
    Expression = 0,

    /// <summary>One value for the samples of a span of time, or for so many samples.</summary>
    Window = 1,

    /// <summary>How often a signal has risen or fallen.</summary>
    Counter = 2,

    /// <summary>The seconds from one rise to the next.</summary>
    Cycle = 3,

    /// <summary>A condition with delays, for people.</summary>
    Alarm = 4,

    /// <summary>A condition that must hold, and that only Good inputs can fulfil.</summary>
    Interlock = 5,
}
