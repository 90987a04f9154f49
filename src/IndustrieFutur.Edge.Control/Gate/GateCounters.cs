namespace IndustrieFutur.Edge.Control.Gate;

/// <summary>How many ended how, and which rule refused how many, since the start; and what ended last.</summary>
internal sealed class GateCounters
{
    private const int RecentMax = 20;

    private readonly Dictionary<string, long> _outcomes = Enum.GetNames<Outcome>().ToDictionary(name => name, _ => 0L);
    private readonly Dictionary<string, long> _refusals = [];
    private readonly LinkedList<CommandAnswer> _recent = new();

    public IReadOnlyDictionary<string, long> Outcomes => new Dictionary<string, long>(_outcomes);

    public IReadOnlyDictionary<string, long> Refusals => new Dictionary<string, long>(_refusals);

    public IReadOnlyList<CommandAnswer> Recent => [.. _recent];

    public void Count(CommandAnswer answer)
    {
        if (answer.Outcome is not { } outcome)
        {
            return;
        }

        _outcomes[outcome.ToString()]++;
        if (outcome == Outcome.Refused)
        {
            _refusals[answer.Rule] = _refusals.GetValueOrDefault(answer.Rule) + 1;
        }

        if (answer.Rule == "rate")
        {
            return;
        }

        _recent.AddFirst(answer);
        if (_recent.Count > RecentMax)
        {
            _recent.RemoveLast();
        }
    }
}
