namespace IndustrieFutur.Edge.Simulators.Scenarios;

/// <summary>What a scenario can expect of an edge that reads the cell meanwhile.</summary>
internal enum EdgeExpectationKind
{
    /// <summary>A signal is Bad within a time, and Good again by another.</summary>
    Bad,

    /// <summary>A signal is Uncertain within a time, and Good again by another.</summary>
    Uncertain,

    /// <summary>A signal is Good from its first sample to its last.</summary>
    StaysGood,

    /// <summary>A signal's last value is the sum of the last values of others.</summary>
    Sum,

    /// <summary>A signal's Good values come in this order, others between them.</summary>
    Sequence,

    /// <summary>A signal has as many Good samples as the journal has lines with a text: each event is told once.</summary>
    Once,

    /// <summary>A signal reaches a value.</summary>
    Reaches,

    /// <summary>A figure of a device's link in the edge's report has a value.</summary>
    Figure,
}
