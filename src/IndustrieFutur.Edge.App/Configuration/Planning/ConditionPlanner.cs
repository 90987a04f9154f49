using IndustrieFutur.Edge.Core.Configuration;
using IndustrieFutur.Edge.Core.Plans;
using IndustrieFutur.Edge.Core.Sampling;
using IndustrieFutur.Edge.Core.Stages.Expressions;

namespace IndustrieFutur.Edge.App.Configuration.Planning;

/// <summary>Resolves the signals and compiles the conditions that commands ask, and finds what they are made of.</summary>
internal sealed class ConditionPlanner(DerivedPlanner signals, IReadOnlyDictionary<int, PlannedSignal> derived)
{
    private readonly List<ConditionPlan> _conditions = [];

    public IReadOnlyList<ConditionPlan> Conditions => _conditions;

    /// <summary>A number or condition, by its index; -1 with a mistake.</summary>
    public int Signal(string name, Mistakes mistakes, params string[] path)
    {
        // A missing name has its own sentence.
        if (name.Length == 0)
        {
            return -1;
        }

        var signal = signals.Resolve(name);
        var mistake = signal.Index >= 0 && signal.Kind == ValueKind.Text ? $"{name} is a text, and a number or a condition is needed here" : signal.Mistake;
        if (mistake.Length > 0)
        {
            mistakes.Add(mistake, path);
            return -1;
        }

        return signal.Index;
    }

    public ValueKind KindOf(string name) => signals.Resolve(name).Kind;

    /// <summary>The index of a new condition; -1 with a mistake.</summary>
    public int Add(string written, LocalizedName? message, Mistakes mistakes, params string[] path)
    {
        if (written.Length == 0)
        {
            return -1;
        }

        var texts = new List<string>();
        var program = ExpressionParser.Compile(written, name => Resolve(name, texts), out var mistake);
        if (mistake is not null)
        {
            mistakes.Add(mistake.ToString(), path);
        }

        if (program is null)
        {
            return -1;
        }

        var wrong = texts.Count > 0 ? $"{texts[0]} is a text, which no condition of a command can judge; take a number or a condition"
            : !program.IsBoolean ? "the expression is a number, and a condition is needed here; compare it, such as x > 0"
            : program.Remembers ? "it remembers what was before (prev, hysteresis), and a command asks what is now; make a derived signal of it and name that"
            : program.Signals.Count == 0 ? "names no signal, so it says nothing of the machine; name one, device/signal"
            : null;
        if (wrong is not null)
        {
            mistakes.Add(wrong, path);
            return -1;
        }

        _conditions.Add(new ConditionPlan
        {
            Program = program,
            Leaves = LeavesOf(program.Signals),
            Written = written,
            MessageFr = message?.Fr ?? "",
            MessageEn = message?.En ?? "",
        });
        return _conditions.Count - 1;
    }

    /// <summary>The signals of devices that these are made of, or are.</summary>
    public IReadOnlyList<int> LeavesOf(IEnumerable<int> named) => [.. AllBelow(named).Where(signal => !derived.ContainsKey(signal))];

    /// <summary>These and every signal that they are made of, in the order of the plan.</summary>
    public IReadOnlyList<int> AllBelow(IEnumerable<int> named)
    {
        var found = new SortedSet<int>();
        var waiting = new Stack<int>(named);
        while (waiting.TryPop(out var signal))
        {
            if (found.Add(signal) && derived.TryGetValue(signal, out var made))
            {
                foreach (var input in InputsOf(made.Plan))
                {
                    waiting.Push(input);
                }
            }
        }

        return [.. found];
    }

    private static IEnumerable<int> InputsOf(DerivedPlan plan) =>
        (plan.Value?.Signals ?? []).Concat(plan.Reset?.Signals ?? []).Concat(plan.Input >= 0 ? [plan.Input] : []);

    private ExpressionSignal Resolve(string name, List<string> texts)
    {
        var signal = signals.Resolve(name);
        if (signal is { Index: >= 0, Kind: ValueKind.Text })
        {
            texts.Add(name);
        }

        return signal;
    }
}
