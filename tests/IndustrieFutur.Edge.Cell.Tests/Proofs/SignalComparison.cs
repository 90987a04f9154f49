namespace IndustrieFutur.Edge.Cell.Tests.Proofs;

/// <summary>By what the stored samples of a signal are held against those of another run.</summary>
internal enum SignalComparison
{
    /// <summary>Sample by sample: the device tells each one.</summary>
    Samples,

    /// <summary>By its states, in their order.</summary>
    States,

    /// <summary>By the figure it ends with.</summary>
    Counter,

    /// <summary>By its value when the cell stands still: between, no two polls fall into the same moment.</summary>
    LastValue,

    /// <summary>Not at all: a measurement whose stream was cut has no end, and comes back at another sample in each run.</summary>
    None,
}
