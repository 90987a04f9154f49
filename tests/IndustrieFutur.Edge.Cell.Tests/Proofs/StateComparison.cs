namespace IndustrieFutur.Edge.Cell.Tests.Proofs;

/// <summary>
/// The states that two runs have seen of one signal, in their order. A poll may miss what lasts for less than two polls: a state that only one run
/// has seen is left out when fewer than three of its reads did, or when the other has not read twice while it certainly lasted. Any
/// other must be seen by both, and so must the last one, which lasts on.
/// </summary>
internal sealed class StateComparison
{
    /// <param name="one">What a run has stored.</param>
    /// <param name="other">What the other run has stored of the same signal.</param>
    /// <param name="pollsMin">What lasted for so many polls must be seen; 0: every state must, for it is told.</param>
    public StateComparison(StoredSeries one, StoredSeries other, int pollsMin)
    {
        var (ours, theirs) = (one.States, other.States);
        (First, var leftOut) = Due(ours, theirs, other, pollsMin);
        (Second, var alsoLeftOut) = Due(theirs, ours, one, pollsMin);
        LeftOut = leftOut + alsoLeftOut;
    }

    /// <summary>What the first run has seen and the second must have.</summary>
    public IReadOnlyList<string> First { get; }

    /// <summary>What the second run has seen and the first must have.</summary>
    public IReadOnlyList<string> Second { get; }

    /// <summary>States that only one run has seen, and that were too short for the other.</summary>
    public int LeftOut { get; }

    private static (List<string> Due, int LeftOut) Due(IReadOnlyList<SeenState> seen, IReadOnlyList<SeenState> others, StoredSeries other, int pollsMin)
    {
        var due = new List<string>();
        var leftOut = 0;
        for (var index = 0; index < seen.Count; index++)
        {
            var state = seen[index];
            var isShort = index < seen.Count - 1 && (state.Reads <= pollsMin || other.ReadsBetween(state.FromTick, state.ToTick) < pollsMin);
            if (isShort && !IsSeen(seen, index, others))
            {
                leftOut++;
            }
            else if (due.Count == 0 || due[^1] != state.Value)
            {
                due.Add(state.Value);
            }
        }

        return (due, leftOut);
    }

    /// <summary>The other has seen it as well: it could have lasted from the read before to the read after, in both.</summary>
    private static bool IsSeen(IReadOnlyList<SeenState> seen, int index, IReadOnlyList<SeenState> others)
    {
        var (from, to) = Widest(seen, index);
        return Enumerable.Range(0, others.Count).Any(other =>
        {
            var (otherFrom, otherTo) = Widest(others, other);
            return others[other].Value == seen[index].Value && from <= otherTo && otherFrom <= to;
        });
    }

    private static (long From, long To) Widest(IReadOnlyList<SeenState> states, int index) =>
        (index == 0 ? long.MinValue : states[index - 1].ToTick, index == states.Count - 1 ? long.MaxValue : states[index + 1].FromTick);
}
