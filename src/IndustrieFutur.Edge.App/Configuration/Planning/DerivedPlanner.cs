using System.Globalization;
using IndustrieFutur.Edge.App.Configuration.Binding;
using IndustrieFutur.Edge.Core.Configuration;
using IndustrieFutur.Edge.Core.Plans;
using IndustrieFutur.Edge.Core.Sampling;
using IndustrieFutur.Edge.Core.Stages.Expressions;
using IndustrieFutur.Edge.Drivers;
using IndustrieFutur.Edge.Drivers.Derived;

namespace IndustrieFutur.Edge.App.Configuration.Planning;

/// <summary>
/// Resolves the names in derived signals and compiles their expressions, each after those it is made of; tells unknown names, wrong
/// kinds, and signals that are made of one another in a loop.
/// </summary>
internal sealed class DerivedPlanner
{
    /// <summary>Nobody follows a longer chain, and the planner's own stack stays small.</summary>
    private const int ChainMax = 50;

    private readonly Dictionary<string, (int Index, string Device, SignalEntry Entry)> _signals = [];
    private readonly Dictionary<int, PlannedSignal?> _planned = [];
    private readonly List<string> _chain = [];
    private Mistakes _mistakes = new();

    public DerivedPlanner(EdgeOptions options)
    {
        var index = 0;
        foreach (var (device, deviceOptions) in options.Devices)
        {
            foreach (var entry in deviceOptions.Entries())
            {
                _signals.TryAdd($"{device}/{entry.Id}", (index++, device, entry));
            }
        }
    }

    /// <summary>Every derived signal that could be planned, by its index; the mistakes of the others are added.</summary>
    public IReadOnlyDictionary<int, PlannedSignal> Plan(Mistakes mistakes)
    {
        _mistakes = mistakes;
        foreach (var (name, signal) in _signals.Where(signal => signal.Value.Entry.Options is DerivedSignalOptions))
        {
            Planned(name, signal.Index);
        }

        return _planned.Where(planned => planned.Value is not null).ToDictionary(planned => planned.Key, planned => planned.Value!);
    }

    private PlannedSignal? Planned(string name, int index)
    {
        if (_planned.TryGetValue(index, out var known))
        {
            return known;
        }

        _chain.Add(name);
        var planned = Make((DerivedSignalOptions)_signals[name].Entry.Options, Under(name));
        if (planned is not null)
        {
            _signals[name].Entry.Options.CheckNumeric(planned.Kind, Under(name));
        }

        _chain.RemoveAt(_chain.Count - 1);
        _planned[index] = planned;
        return planned;
    }

    private Mistakes Under(string name) => _mistakes.Under(["devices", _signals[name].Device, .. _signals[name].Entry.Path]);

    private PlannedSignal? Make(DerivedSignalOptions options, Mistakes mistakes) => options switch
    {
        { Expression: { } text } => Expression(text, mistakes),
        { Window: { } window } => Window(window, mistakes),
        { Counter: { } counter } => Edge(counter, DerivedKind.Counter, counter.Edge, counter.Reset, "counter", mistakes),
        { Cycle: { } cycle } => Edge(cycle, DerivedKind.Cycle, SignalEdge.Rising, null, "cycle", mistakes),
        { Alarm: { } alarm } => Alarm(alarm, mistakes),
        { Interlock: { } interlock } => Interlock(interlock, mistakes),
        _ => null,
    };

    private PlannedSignal? Expression(string text, Mistakes mistakes)
    {
        var program = Compile(text, mistakes, "expression");
        return program is null ? null : new PlannedSignal(
            new DerivedPlan { Kind = DerivedKind.Expression, Value = program, Written = Written("expression", text) },
            program.IsBoolean ? ValueKind.Boolean : ValueKind.Float64);
    }

    private PlannedSignal? Window(WindowOptions window, Mistakes mistakes)
    {
        var input = Input(window.Input, mistakes, "window");
        if (input is not { } signal)
        {
            return null;
        }

        var plan = new DerivedPlan
        {
            Kind = DerivedKind.Window,
            Input = signal.Index,
            Of = window.Of,
            OverNanos = (window.Over?.Ticks ?? 0) * TimeSpan.NanosecondsPerTick,
            Every = window.Every ?? 0,
            Written = Written("window", window.Input, window.Of, window.Over?.Ticks, window.Every),
        };
        return new PlannedSignal(plan, window.Of switch { WindowOf.Mean => ValueKind.Float64, WindowOf.Count => ValueKind.Int64, _ => signal.Kind });
    }

    private PlannedSignal? Edge(SignalEdgeOptions options, DerivedKind kind, SignalEdge edge, string? reset, string key, Mistakes mistakes)
    {
        var input = Input(options.Input, mistakes, key);
        var resets = reset is null ? null : Condition(reset, mistakes, key, "reset");
        if (input is not { } signal || (reset is not null && resets is null))
        {
            return null;
        }

        if ((signal.Kind == ValueKind.Boolean) == (options.Threshold is not null))
        {
            mistakes.Add(
                signal.Kind == ValueKind.Boolean
                    ? $"{options.Input} is true or false and rises without a threshold; remove it"
                    : $"is missing: {options.Input} is a number; add \"threshold\", above which it is high",
                key, "threshold");
            return null;
        }

        var plan = new DerivedPlan
        {
            Kind = kind,
            Input = signal.Index,
            Reset = resets,
            Threshold = options.Threshold,
            Hysteresis = options.Hysteresis,
            Falling = edge == SignalEdge.Falling,
            Written = Written(key, options.Input, options.Threshold, options.Hysteresis, edge, reset),
        };
        return new PlannedSignal(plan, kind == DerivedKind.Counter ? ValueKind.Int64 : ValueKind.Float64);
    }

    private PlannedSignal? Alarm(AlarmOptions alarm, Mistakes mistakes)
    {
        var program = When(alarm.When, mistakes, "alarm");
        return program is null ? null : new PlannedSignal(
            new DerivedPlan
            {
                Kind = DerivedKind.Alarm,
                Value = program,
                OnDelayNanos = alarm.OnDelay.Ticks * TimeSpan.NanosecondsPerTick,
                OffDelayNanos = alarm.OffDelay.Ticks * TimeSpan.NanosecondsPerTick,
                Priority = alarm.Priority,
                MessageFr = alarm.Message?.Fr ?? "",
                MessageEn = alarm.Message?.En ?? "",
                Written = Written("alarm", alarm.When, alarm.OnDelay.Ticks, alarm.OffDelay.Ticks, alarm.Priority, alarm.Message?.Fr, alarm.Message?.En),
            },
            ValueKind.Boolean);
    }

    private PlannedSignal? Interlock(InterlockOptions interlock, Mistakes mistakes)
    {
        var program = When(interlock.When, mistakes, "interlock");
        return program is null ? null : new PlannedSignal(
            new DerivedPlan
            {
                Kind = DerivedKind.Interlock,
                Value = program,
                MessageFr = interlock.Message?.Fr ?? "",
                MessageEn = interlock.Message?.En ?? "",
                Written = Written("interlock", interlock.When, interlock.Message?.Fr, interlock.Message?.En),
            },
            ValueKind.Boolean);
    }

    /// <summary>The one signal whose samples are taken; never a text, which has no value to compare.</summary>
    private ExpressionSignal? Input(string name, Mistakes mistakes, string key)
    {
        // A missing name has its own sentence.
        if (name.Length == 0)
        {
            return null;
        }

        var signal = Resolve(name);
        if (signal.Index >= 0 && signal.Kind != ValueKind.Text)
        {
            return signal;
        }

        var mistake = signal.Index >= 0 ? $"{name} is a text, and a number or a condition is needed here" : signal.Mistake;
        if (mistake.Length > 0)
        {
            mistakes.Add(mistake, key, "input");
        }

        return null;
    }

    /// <summary>A missing condition has its own sentence.</summary>
    private StageProgram? When(string text, Mistakes mistakes, string key) => text.Length == 0 ? null : Condition(text, mistakes, key, "when");

    private StageProgram? Condition(string text, Mistakes mistakes, params string[] path)
    {
        var program = Compile(text, mistakes, path);
        if (program is { IsBoolean: false })
        {
            mistakes.Add("the expression is a number, and a condition is needed here; compare it, such as x > 0", path);
            return null;
        }

        return program;
    }

    private StageProgram? Compile(string text, Mistakes mistakes, params string[] path)
    {
        var program = ExpressionParser.Compile(text, Resolve, out var mistake);
        if (mistake is not null)
        {
            mistakes.Add(mistake.ToString(), path);
        }

        return program;
    }

    /// <summary>What a device/signal stands for; of a derived one once it was planned.</summary>
    public ExpressionSignal Resolve(string name)
    {
        if (!_signals.TryGetValue(name, out var signal))
        {
            var nearest = NearestKey.Find(name, _signals.Keys);
            return ExpressionSignal.No($"there is no signal \"{name}\"; " + (nearest is null
                ? "write device/signal, as in \"devices\""
                : $"did you mean \"{nearest}\"?"));
        }

        var options = signal.Entry.Options;
        if (options is not DerivedSignalOptions)
        {
            var isScaled = options.RawKind is not (ValueKind.Text or ValueKind.Boolean) && (options.Scale != 1 || options.Offset != 0);
            return ExpressionSignal.Of(signal.Index, isScaled ? ValueKind.Float64 : options.RawKind);
        }

        if (_chain.IndexOf(name) is >= 0 and var first)
        {
            // Told once, at the signal of the loop that stands first in the file.
            Under(name).Add($"is made of itself: {string.Join(" -> ", _chain.Skip(first).Append(name))}; break the loop");
            return ExpressionSignal.Broken;
        }

        if (_chain.Count >= ChainMax)
        {
            return ExpressionSignal.No($"\"{name}\" is made of signals that are made of signals, more than {ChainMax} in a row; shorten the chain");
        }

        return Planned(name, signal.Index) is { } planned ? ExpressionSignal.Of(signal.Index, planned.Kind) : ExpressionSignal.Broken;
    }

    private static string Written(params ReadOnlySpan<object?> parts)
    {
        var said = new List<string>();
        foreach (var part in parts)
        {
            var text = Convert.ToString(part, CultureInfo.InvariantCulture) ?? "";
            said.Add($"{text.Length}:{text}");
        }

        return string.Join(';', said);
    }
}
