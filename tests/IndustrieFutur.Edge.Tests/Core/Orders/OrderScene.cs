using IndustrieFutur.Edge.Core.Orders;
using IndustrieFutur.Edge.Core.Pacing;
using IndustrieFutur.Edge.Core.Plans;
using IndustrieFutur.Edge.Core.Sampling;
using IndustrieFutur.Edge.Core.Stages.Expressions;

namespace IndustrieFutur.Edge.Tests.Core.Orders;

/// <summary>An inbox of two devices with the table of latest values behind it: d/ok is an interlock, d/told comes only on change, d/safe is a safety signal.</summary>
internal sealed class OrderScene : IDisposable
{
    public const int Ok = 0;
    public const int Told = 1;
    public const int Safe = 2;
    public const int Interlock = 0;
    public const int OnChange = 1;

    public const long FreshNanos = 1_000_000_000;

    private readonly HotMemory _memory = new(1 << 20);
    private readonly LoopGauges _gauges;

    public OrderScene()
    {
        Latest = new LatestValues(_memory, 3);
        _gauges = new LoopGauges(_memory);
        _gauges.Began(10_000_000);
        Box = new OrderBox(_memory, 2);
        Plan = MakePlan();
        Conditions = new LiveConditions(Plan, Latest, _gauges, _ => IsLive);
        Now = MonoClock.NowNanos();
        Set(Ok, true);
        Set(Told, true);
        Set(Safe, true);
    }

    public CellPlan Plan { get; }

    public LatestValues Latest { get; }

    public OrderBox Box { get; }

    public LiveConditions Conditions { get; }

    public bool IsLive { get; set; } = true;

    public long Now { get; }

    public OrderDesk NewDesk() => new(Box, Plan, [0, 1], Conditions);

    /// <summary>A value that arrived so long ago; the loop ticks now.</summary>
    public void Set(int signal, bool value, uint status = StatusCode.Good, long ageNanos = 0)
    {
        Latest.Set(new Sample(signal, status, value ? 1 : 0, 0, Now - ageNanos));
        _gauges.Ticked(Now, Now, Now, 0);
    }

    public Order Order(long id = 7, int command = 0, long generation = 1, double value = 250, long lifeNanos = 1_000_000_000)
    {
        var order = new Order { Id = id, Command = command, Count = 1, Generation = generation, ExpiresMonoNanos = Now + lifeNanos, Safety = Conditions.SafetyStamp(), PostedMonoNanos = Now };
        order.Values[0] = value;
        return order;
    }

    public void Dispose() => _memory.Dispose();

    private static CellPlan MakePlan()
    {
        var signals = new[] { "ok", "told", "safe" }
            .Select((id, index) => new SignalPlan { Index = index, Id = id, Device = "d", RawKind = ValueKind.Boolean, FreshNanos = index == Told ? 0 : FreshNanos })
            .ToArray();
        var command = new CommandPlan { Index = 0, Id = "speed", Device = 0, Target = 0, TargetWords = "d/speed", Level = 1, Interlocks = [Interlock], EffectNanos = 1 };
        return new CellPlan
        {
            Group = "g",
            Edge = "e",
            Hash = 1,
            Signals = signals,
            Devices = [new DevicePlan { Id = "d", Driver = "fake", Index = 0, Signals = signals }, new DevicePlan { Id = "e", Driver = "fake", Index = 1, Signals = [] }],
            SafetySignals = [Safe],
            Conditions = [Condition("d/ok"), Condition("d/told")],
            Commands = [command, command with { Index = 1, Id = "stop", IsStop = true, Interlocks = [] }],
        };
    }

    private static ConditionPlan Condition(string text)
    {
        var program = ExpressionParser.Compile(text, name => ExpressionSignal.Of(name == "d/ok" ? Ok : Told, ValueKind.Boolean), out _)!;
        return new ConditionPlan { Program = program, Leaves = program.Signals, Written = text };
    }
}
