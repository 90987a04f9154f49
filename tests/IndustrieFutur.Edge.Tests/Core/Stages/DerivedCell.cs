using IndustrieFutur.Edge.Core.Plans;
using IndustrieFutur.Edge.Core.Sampling;
using IndustrieFutur.Edge.Core.Stages.Expressions;

namespace IndustrieFutur.Edge.Tests.Core.Stages;

/// <summary>
/// A cell of a few device signals (d/x and d/y numbers, d/n a whole number, d/b a condition, d/t a text) and derived ones behind them, by
/// the ids the test gives.
/// </summary>
internal sealed class DerivedCell : IDisposable
{
    public const int X = 0;
    public const int Y = 1;
    public const int N = 2;
    public const int B = 3;
    public const int Text = 4;

    public static readonly IReadOnlyList<(string Name, ValueKind Kind)> Inputs =
        [("d/x", ValueKind.Float64), ("d/y", ValueKind.Float64), ("d/n", ValueKind.Int64), ("d/b", ValueKind.Boolean), ("d/t", ValueKind.Text)];

    private readonly List<SignalPlan> _signals =
        [.. Inputs.Select((input, index) => HotCell.Signal(index) with { RawKind = input.Kind, TextBytes = input.Kind == ValueKind.Text ? 16 : 0, IsUnsent = true })];

    private HotCell? _hot;

    /// <summary>Rules that a signal sets off.</summary>
    public List<ReactionPlan> Reactions { get; } = [];

    public HotCell Hot => _hot ??= new HotCell([.. _signals], input: 256, output: 4_096, samplesPerTickMax: 256, reactions: [.. Reactions]);

    /// <summary>A derived signal; its index.</summary>
    public int Add(DerivedPlan plan, Func<SignalPlan, SignalPlan>? more = null)
    {
        var index = _signals.Count;
        var kind = plan switch
        {
            { Kind: DerivedKind.Counter } or { Kind: DerivedKind.Window, Of: WindowOf.Count } => ValueKind.Int64,
            { Kind: DerivedKind.Window, Of: not WindowOf.Mean } => _signals[plan.Input].Kind,
            { Value.IsBoolean: true } => ValueKind.Boolean,
            _ => ValueKind.Float64,
        };
        var signal = HotCell.Signal(index) with { Id = $"s{index}", Device = "cell", RawKind = kind, Derived = plan };
        _signals.Add(more?.Invoke(signal) ?? signal);
        return index;
    }

    /// <summary>An expression over the inputs (d/x) and the derived signals before it (cell/s5).</summary>
    public StageProgram Program(string text)
    {
        var program = ExpressionParser.Compile(text, Resolve, out var mistake);
        return program ?? throw new InvalidOperationException($"{text}: {mistake}");
    }

    public int Expression(string text, Func<SignalPlan, SignalPlan>? more = null) =>
        Add(new DerivedPlan { Kind = DerivedKind.Expression, Value = Program(text), Written = "" }, more);

    public int Alarm(string text, long onMillis = 0, long offMillis = 0) => Add(
        new DerivedPlan { Kind = DerivedKind.Alarm, Value = Program(text), OnDelayNanos = onMillis * 1_000_000, OffDelayNanos = offMillis * 1_000_000, Written = "" },
        signal => signal with { Deadband = 0 });

    public int Interlock(string text) =>
        Add(new DerivedPlan { Kind = DerivedKind.Interlock, Value = Program(text), Written = "" }, signal => signal with { Deadband = 0 });

    public void Write(int signal, double value, uint status = StatusCode.Good) => Write(signal, value, status, Hot.UtcNow);

    public void Write(int signal, double value, uint status, long sourceUtcNanos)
    {
        var bits = Inputs[signal].Kind == ValueKind.Float64 ? BitConverter.DoubleToInt64Bits(value) : (long)value;
        Hot.Writer.Write(signal, status, bits, sourceUtcNanos, Hot.MonoNow);
    }

    public void Tick(double millis = 1) => Hot.Tick(TimeSpan.FromMilliseconds(millis));

    /// <summary>What came out of a derived signal since the last look, and the ledger's word that nothing is on the way.</summary>
    public List<Sample> Of(int signal)
    {
        var all = Hot.Drain();
        Assert.All(Enumerable.Range(0, _signals.Count), index => Assert.Equal(0, Hot.Ledger.Read(index).InRings));
        return [.. all.Select(drained => drained.Sample).Where(sample => sample.Signal == signal)];
    }

    public Sample Latest(int signal)
    {
        Assert.True(Hot.Latest.Read(signal, out var sample), $"signal {signal} has no value");
        return sample;
    }

    public bool HasValue(int signal) => Hot.Latest.Read(signal, out _);

    public void Dispose() => _hot?.Dispose();

    private ExpressionSignal Resolve(string name)
    {
        var index = _signals.FindIndex(signal => (signal.Derived is null ? Inputs[signal.Index].Name : $"cell/{signal.Id}") == name);
        return index < 0 ? ExpressionSignal.No($"there is no {name}") : ExpressionSignal.Of(index, _signals[index].Kind);
    }
}
