namespace IndustrieFutur.Edge.Core.Stages;

/// <summary>For each signal a list of numbers, all lists behind one another in one array (compressed sparse rows).</summary>
[HotPath]
internal sealed class SignalLists
{
    private readonly int[] _starts;
    private readonly int[] _numbers;

    /// <param name="signals">Signals of the plan.</param>
    /// <param name="entries">The numbers, each with its signal, in the order that each list shall have.</param>
    public SignalLists(int signals, List<(int Signal, int Number)> entries)
    {
        _starts = new int[signals + 1];
        _numbers = new int[entries.Count];
        foreach (var (signal, _) in entries)
        {
            _starts[signal + 1]++;
        }

        for (var i = 0; i < signals; i++)
        {
            _starts[i + 1] += _starts[i];
        }

        var at = (int[])_starts.Clone();
        foreach (var (signal, number) in entries)
        {
            _numbers[at[signal]++] = number;
        }
    }

    public bool Has(int signal) => _starts[signal + 1] > _starts[signal];

    public ReadOnlySpan<int> Of(int signal) => new(_numbers, _starts[signal], _starts[signal + 1] - _starts[signal]);
}
