using System.Globalization;

namespace IndustrieFutur.Edge.Simulators.Scenarios;

/// <summary>What the cell's own journal is to say after a scenario. Its texts are looked for anywhere in a line.</summary>
internal sealed record JournalExpectation
{
    /// <summary>Lines with these texts come in this order, others between them; a single one is to be there at all.</summary>
    public IReadOnlyList<string> InOrder { get; init; } = [];

    /// <summary>No line has this text.</summary>
    public string? Lacks { get; init; }

    /// <summary>So many lines have the text, when it is one.</summary>
    public int? Times { get; init; }

    /// <summary>Null when it is so, else what was missed.</summary>
    public string? Missed(IReadOnlyList<string> journal)
    {
        if (Lacks is { } unwanted)
        {
            return journal.FirstOrDefault(line => line.Contains(unwanted, StringComparison.Ordinal)) is { } found
                ? $"the journal is not to say \"{unwanted}\", and says \"{found}\""
                : null;
        }

        return Times is { } times ? MissedCount(journal, times) : MissedOrder(journal);
    }

    private string? MissedCount(IReadOnlyList<string> journal, int times)
    {
        var found = journal.Count(line => line.Contains(InOrder[0], StringComparison.Ordinal));
        return found == times ? null : string.Create(CultureInfo.InvariantCulture, $"the journal is to say \"{InOrder[0]}\" {times} times, and says it {found} times");
    }

    private string? MissedOrder(IReadOnlyList<string> journal)
    {
        var next = 0;
        for (var i = 0; i < journal.Count && next < InOrder.Count; i++)
        {
            next += journal[i].Contains(InOrder[next], StringComparison.Ordinal) ? 1 : 0;
        }

        if (next == InOrder.Count)
        {
            return null;
        }

        return next == 0
            ? $"the journal is to say \"{InOrder[0]}\", and does not"
            : $"the journal is to say \"{InOrder[next]}\" after \"{InOrder[next - 1]}\", and does not";
    }
}
