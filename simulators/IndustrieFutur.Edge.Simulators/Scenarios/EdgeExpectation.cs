namespace IndustrieFutur.Edge.Simulators.Scenarios;

/// <summary>
/// What an edge that reads the cell is to have stored in the end. The cell itself cannot know; whoever runs an edge beside it looks. That
/// every sum balances is expected always.
/// </summary>
internal sealed record EdgeExpectation
{
    public required EdgeExpectationKind Kind { get; init; }

    /// <summary>The signal as "device/signal"; a figure as "device/path.of.keys" in the report of its link.</summary>
    public required string Signal { get; init; }

    /// <summary>The first and the last tick in which it is to turn Bad or Uncertain.</summary>
    public (long From, long To) Ticks { get; init; }

    /// <summary>The tick by which it is Good again; null: it stays so to the end.</summary>
    public long? GoodByTick { get; init; }

    /// <summary>The summands.</summary>
    public IReadOnlyList<string> Summands { get; init; } = [];

    /// <summary>The values of a sequence; the value that is reached, or that a figure has.</summary>
    public IReadOnlyList<double> Values { get; init; } = [];

    /// <summary>What the journal's lines have in them.</summary>
    public string Journal { get; init; } = "";
}
