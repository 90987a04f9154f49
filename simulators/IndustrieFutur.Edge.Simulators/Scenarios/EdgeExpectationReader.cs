namespace IndustrieFutur.Edge.Simulators.Scenarios;

/// <summary>Reads what a scenario expects of the edge: the first key says what kind it is.</summary>
internal sealed class EdgeExpectationReader(ScenarioMistakes mistakes, long scenarioTicks)
{
    private static readonly (string Key, EdgeExpectationKind Kind)[] Kinds =
    [
        ("bad", EdgeExpectationKind.Bad),
        ("uncertain", EdgeExpectationKind.Uncertain),
        ("staysGood", EdgeExpectationKind.StaysGood),
        ("sum", EdgeExpectationKind.Sum),
        ("sequence", EdgeExpectationKind.Sequence),
        ("once", EdgeExpectationKind.Once),
        ("reaches", EdgeExpectationKind.Reaches),
        ("figure", EdgeExpectationKind.Figure),
    ];

    public EdgeExpectation? Read(ScenarioFields fields)
    {
        var found = Kinds.Where(kind => fields.Has(kind.Key)).ToList();
        if (found.Count != 1)
        {
            mistakes.Add(fields.Place, $"one of these keys says what is expected: {string.Join(", ", Kinds.Select(kind => kind.Key))}");
            return null;
        }

        var (key, kind) = found[0];
        var signal = fields.Text(key) ?? "";
        if (signal.Length > 0 && signal.IndexOf('/', StringComparison.Ordinal) is var slash && (slash <= 0 || slash == signal.Length - 1))
        {
            mistakes.Add(fields.PlaceOf(key), $"\"{signal}\" names no device and signal; write it as \"plc/conv.speed\"");
        }

        var expectation = With(new EdgeExpectation { Kind = kind, Signal = signal }, fields);
        fields.End();
        return expectation;
    }

    private EdgeExpectation With(EdgeExpectation expectation, ScenarioFields fields) => expectation.Kind switch
    {
        EdgeExpectationKind.Bad or EdgeExpectationKind.Uncertain => expectation with
        {
            Ticks = (Within(fields, "from"), Within(fields, "to")),
            GoodByTick = fields.Has("goodBy") ? Within(fields, "goodBy") : null,
        },
        EdgeExpectationKind.Sum => expectation with { Summands = fields.Texts("of") },
        EdgeExpectationKind.Sequence => expectation with { Values = fields.Numbers("of") },
        EdgeExpectationKind.Once => expectation with { Journal = fields.Text("journal") ?? "" },
        EdgeExpectationKind.Reaches or EdgeExpectationKind.Figure =>
            expectation with { Values = [fields.Number("value", double.MinValue, double.MaxValue) ?? 0] },
        _ => expectation,
    };

    private long Within(ScenarioFields fields, string key)
    {
        var ticks = fields.Ticks(key) ?? 0;
        if (ticks > scenarioTicks && scenarioTicks > 0)
        {
            mistakes.Add(fields.PlaceOf(key), $"\"{key}\" lies after the scenario's own \"for\"");
        }

        return ticks;
    }
}
