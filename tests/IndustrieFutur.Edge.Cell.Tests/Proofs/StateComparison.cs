namespace IndustrieFutur.Edge.Cell.Tests.Proofs;

/// <summary>
/// The states that two runs have seen of one signal, in their order. A poll may miss what lasts for less than two polls: a state that only one run
/// has seen is left out when fewer than three of its reads did, or when the other has not read twice while it certainly lasted. Any
/// other must be seen by both, and so must the last one, which lasts on.
/// </summary>
/// <remarks>
/// Each state is held against one of the other run at most: where one of them could not read for a while, a state of it lies beside several of the
/// other, and is one of them.
/// </remarks>
internal sealed class StateComparison
{
    private const int Impossible = int.MaxValue / 2;

    private readonly IReadOnlyList<SeenState> _ours;
    private readonly IReadOnlyList<SeenState> _theirs;
    private readonly bool[] _oursMayBeMissed;
    private readonly bool[] _theirsMayBeMissed;
    private readonly Dictionary<(int Ours, int Theirs, string? Last), int> _costs = [];
    private readonly List<int> _oursLeftOut = [];
    private readonly List<int> _theirsLeftOut = [];

    /// <param name="one">What a run has stored.</param>
    /// <param name="other">What the other run has stored of the same signal.</param>
    /// <param name="pollsMin">What lasted for so many polls must be seen; 0: every state must, for it is told.</param>
    public StateComparison(StoredSeries one, StoredSeries other, int pollsMin)
    {
        (_ours, _theirs) = (one.States, other.States);
        _oursMayBeMissed = MayBeMissed(_ours, other, pollsMin);
        _theirsMayBeMissed = MayBeMissed(_theirs, one, pollsMin);
        if (Cost(0, 0, null) < Impossible)
        {
            First = Second = Align();
            LeftOut = _oursLeftOut.Count + _theirsLeftOut.Count;
        }

        // What both have seen at one time is no state that one of them missed: then their order differs.
        if (First.Count == 0 || _oursLeftOut.Any(ours => _theirsLeftOut.Any(theirs => MayBeOne(ours, theirs))))
        {
            (First, Second, LeftOut) = ([.. _ours.Select(state => state.Value)], [.. _theirs.Select(state => state.Value)], 0);
        }
    }

    /// <summary>What the first run has seen and the second must have.</summary>
    public IReadOnlyList<string> First { get; } = [];

    /// <summary>What the second run has seen and the first must have.</summary>
    public IReadOnlyList<string> Second { get; } = [];

    /// <summary>States that only one run has seen, and that were too short for the other.</summary>
    public int LeftOut { get; }

    private static bool[] MayBeMissed(IReadOnlyList<SeenState> seen, StoredSeries other, int pollsMin) =>
        [.. seen.Select((state, index) => index < seen.Count - 1 && (state.Reads <= pollsMin || other.ReadsBetween(state.FromTick, state.ToTick) < pollsMin))];

    /// <summary>The same value, and each could have lasted from the read before it to the read after it.</summary>
    private bool MayBeOne(int ours, int theirs)
    {
        var (from, to) = Widest(_ours, ours);
        var (otherFrom, otherTo) = Widest(_theirs, theirs);
        return _ours[ours].Value == _theirs[theirs].Value && from <= otherTo && otherFrom <= to;
    }

    private static (long From, long To) Widest(IReadOnlyList<SeenState> states, int index) =>
        (index == 0 ? long.MinValue : states[index - 1].ToTick, index == states.Count - 1 ? long.MaxValue : states[index + 1].FromTick);

    /// <summary>How many states are to be left out from here on, at least, for the rest to be alike.</summary>
    private int Cost(int ours, int theirs, string? last)
    {
        if (ours == _ours.Count && theirs == _theirs.Count)
        {
            return 0;
        }

        if (!_costs.TryGetValue((ours, theirs, last), out var cost))
        {
            cost = Math.Min(CostOfPair(ours, theirs), Math.Min(CostWithoutOurs(ours, theirs, last), CostWithoutTheirs(ours, theirs, last)));
            _costs.Add((ours, theirs, last), cost);
        }

        return cost;
    }

    private int CostOfPair(int ours, int theirs) =>
        ours < _ours.Count && theirs < _theirs.Count && _ours[ours].Value == _theirs[theirs].Value ? Cost(ours + 1, theirs + 1, _ours[ours].Value) : Impossible;

    private int CostWithoutOurs(int ours, int theirs, string? last) =>
        ours < _ours.Count && CostOf(_ours[ours], _oursMayBeMissed[ours], last) is { } cost ? Math.Min(Impossible, cost + Cost(ours + 1, theirs, last)) : Impossible;

    private int CostWithoutTheirs(int ours, int theirs, string? last) =>
        theirs < _theirs.Count && CostOf(_theirs[theirs], _theirsMayBeMissed[theirs], last) is { } cost ? Math.Min(Impossible, cost + Cost(ours, theirs + 1, last)) : Impossible;

    /// <summary>What parted a state is left out, so its rest is part of it; null: it must not be left out.</summary>
    private static int? CostOf(SeenState state, bool mayBeMissed, string? last) => state.Value == last ? 0 : mayBeMissed ? 1 : null;

    /// <summary>The states that both have seen, by the way that leaves out the fewest.</summary>
    private List<string> Align()
    {
        var alike = new List<string>();
        var (ours, theirs) = (0, 0);
        while (ours < _ours.Count || theirs < _theirs.Count)
        {
            var last = alike.LastOrDefault();
            var cost = Cost(ours, theirs, last);
            if (CostOfPair(ours, theirs) == cost)
            {
                alike.Add(_ours[ours].Value);
                (ours, theirs) = (ours + 1, theirs + 1);
            }
            else if (CostWithoutOurs(ours, theirs, last) == cost)
            {
                LeaveOut(_ours, ours++, last, _oursLeftOut);
            }
            else
            {
                LeaveOut(_theirs, theirs++, last, _theirsLeftOut);
            }
        }

        return alike;
    }

    private static void LeaveOut(IReadOnlyList<SeenState> seen, int index, string? last, List<int> leftOut)
    {
        if (seen[index].Value != last)
        {
            leftOut.Add(index);
        }
    }
}
