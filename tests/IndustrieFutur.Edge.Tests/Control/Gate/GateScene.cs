using IndustrieFutur.Edge.Control;
using IndustrieFutur.Edge.Control.Audit;
using IndustrieFutur.Edge.Control.Gate;
using IndustrieFutur.Edge.Control.People;
using IndustrieFutur.Edge.Core.Orders;
using IndustrieFutur.Edge.Core.Pacing;
using IndustrieFutur.Edge.Core.Plans;
using IndustrieFutur.Edge.Core.Sampling;
using IndustrieFutur.Edge.Core.Stages.Expressions;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace IndustrieFutur.Edge.Tests.Control.Gate;

/// <summary>A gate over one device of a fake driver: d/ok is the interlock, d/speed the value in force, d/safe the safety signal.</summary>
internal sealed class GateScene : IDisposable
{
    public const ulong Hash = 0x1234;
    public const int Ok = 0;
    public const int Speed = 1;
    public const int Safe = 2;

    private readonly HotMemory _memory = new(1 << 20);
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("edge-gate-");
    private readonly LatestValues _latest;
    private readonly LoopGauges _gauges;
    private readonly LiveConditions _driverConditions;
    private readonly OrderBox _box;
    private OrderDesk _desk;

    public GateScene(bool isArmed = true)
    {
        Plan = MakePlan();
        _latest = new LatestValues(_memory, Plan.Signals.Count);
        _gauges = new LoopGauges(_memory);
        _box = new OrderBox(_memory, 1);
        _driverConditions = new LiveConditions(Plan, _latest, _gauges, _ => IsConnected);
        _desk = new OrderDesk(_box, Plan, [0], _driverConditions);
        _gauges.Began(1_000_000_000);
        Arming = new ArmingFile(_folder.FullName);
        if (isArmed)
        {
            Arming.Arm(Hash, "ines");
        }

        Live();
        Gate = Start();
    }

    public CellPlan Plan { get; }

    public FakeTimeProvider Clock { get; } = new(new DateTimeOffset(2026, 11, 26, 12, 0, 0, TimeSpan.Zero));

    public ArmingFile Arming { get; }

    public FakeTarget Target { get; } = new();

    public List<AuditRecord> Audit { get; } = [];

    public bool IsAuditBroken { get; set; }

    public bool IsConnected { get; set; } = true;

    public long Generation { get; set; } = 1;

    public bool IsSafeMode { get; set; }

    public bool IsEnabled { get; set; } = true;

    /// <summary>How far the gate's monotonic time is ahead of the machine's.</summary>
    public long Ahead { get; set; }

    public long MonoNow => MonoClock.NowNanos() + Ahead;

    public CommandGate Gate { get; private set; }

    public static Who Olga { get; } = new("olga", "local", Door.Cli, true);

    public static Who Theo { get; } = new("theo", "10.0.0.7", Door.Http, false);

    public static Who Ines { get; } = new("ines", "local", Door.Cli, true);

    /// <summary>A service that starts over what the one before left: the same slots, files and audit.</summary>
    public CommandGate Start()
    {
        var terms = new GateTerms(
            Plan, new CommandsOptions { Enabled = IsEnabled }, [new DevicePort(_box, 0, () => Generation, () => IsConnected)],
            new LiveConditions(Plan, _latest, _gauges, _ => IsConnected), signal => Plan.Signals[signal].Id, null!, new UserStore(Path.Combine(_folder.FullName, "users.json"), Clock), Arming, IsSafeMode, false);
        var seams = new GateSeams(Append, () => [.. Audit], () => (Audit.Count, ""), RoleOf, () => MonoNow);
        return Gate = new CommandGate(terms, seams, Clock, NullLogger.Instance);
    }

    public void Live(double ok = 1, double speed = 10, double safe = 1, uint status = StatusCode.Good)
    {
        Set(Ok, ok, status);
        Set(Speed, speed, StatusCode.Good);
        Set(Safe, safe, StatusCode.Good);
    }

    public void Set(int signal, double value, uint status = StatusCode.Good, long age = 0)
    {
        var now = MonoNow;
        _latest.Set(new Sample(signal, status, BitConverter.DoubleToInt64Bits(value), 0, now - age));
        _gauges.Ticked(now, now, now, 0);
    }

    /// <summary>Time goes by while the cell goes on sampling what it had.</summary>
    public void Pass(TimeSpan time)
    {
        Ahead += time.Ticks * 100;
        Clock.Advance(time);
        for (var signal = 0; signal < Plan.Signals.Count; signal++)
        {
            _latest.Read(signal, out var sample);
            Set(signal, sample.AsDouble, sample.Status);
        }
    }

    public Task<CommandAnswer> Ask(
        string command, string id, Who? who = null, RequestStep step = RequestStep.Submit, string token = "", long expires = 0, params (string Id, string Value)[] values) =>
        Gate.SubmitAsync(
            new CommandRequest
            {
                Who = who ?? Olga,
                Command = command,
                Id = id,
                Step = step,
                Token = token,
                ExpiresUtcMillis = expires,
                Values = values.ToDictionary(pair => pair.Id, pair => pair.Value),
            },
            TestContext.Current.CancellationToken);

    public Task<CommandAnswer> AskSpeed(string id, string value = "11", Who? who = null, long expires = 0) => Ask("speed", id, who, expires: expires, values: ("v", value));

    /// <summary>The link's thread comes by once.</summary>
    public void Serve() => _desk.Serve(Target, Generation, MonoNow);

    /// <summary>The link's process was killed and another has the link.</summary>
    public void TakeOver() => _desk = new OrderDesk(_box, Plan, [0], _driverConditions);

    public bool TakeOnly() => _box.TryTake(0, new Order());

    public void AnswerLate() => _box.Answer(0, OrderAnswer.Taken());

    public void Look() => Gate.Look(MonoNow);

    /// <summary>The rule "r" is set off, now or then; null: it has to wait for its device.</summary>
    public Task<CommandAnswer>? React(long roseMonoNanos = 0) => Gate.TryReact(0, roseMonoNanos != 0 ? roseMonoNanos : MonoNow, out var answer) ? answer : null;

    /// <summary>The rule "r", armed, from its rise to its outcome.</summary>
    public Task<CommandAnswer> StopByReactionAsync()
    {
        Gate.Rearm(Olga, "r");
        var answer = React()!;
        Serve();
        Set(Speed, 0);
        Look();
        return answer;
    }

    public void Dispose()
    {
        Gate.Dispose();
        _memory.Dispose();
        _folder.Delete(recursive: true);
    }

    private static Role? RoleOf(string name) => name switch
    {
        "olga" => Role.Operator,
        "theo" => Role.Trainer,
        "ines" => Role.Integrator,
        "otto" => Role.Observer,
        _ => null,
    };

    private long Append(AuditRecord record, bool sync)
    {
        if (IsAuditBroken)
        {
            throw new AuditException("the disk is full", new IOException());
        }

        Audit.Add(record with { Sequence = Audit.Count + 1, UtcMillis = Clock.GetUtcNow().ToUnixTimeMilliseconds() });
        return Audit.Count;
    }

    private static CellPlan MakePlan()
    {
        var signals = new[] { "ok", "speed", "safe" }.Select((id, index) => new SignalPlan { Index = index, Id = id, Device = "d", RawKind = ValueKind.Float64, FreshNanos = 1_000_000_000 }).ToArray();
        var limits = new ParameterPlan { Id = "v", Low = 0, High = 100, Step = 0.1, RateChange = 20, RateSignal = Speed };
        var all = new CommandPlan
        {
            Index = 0,
            Id = "speed",
            Device = 0,
            Target = 0,
            TargetWords = "d/speed",
            Level = 1,
            Roles = ["operator", "trainer"],
            Parameters = [limits],
            Interlocks = [0],
            EffectSignal = Speed,
            EffectTolerance = 0.5,
            EffectNanos = 2_000_000_000,
        };
        return new CellPlan
        {
            Group = "g",
            Edge = "e",
            Hash = 1,
            CommandsHash = Hash,
            Signals = signals,
            Devices = [new DevicePlan { Id = "d", Driver = "fake", Index = 0, Signals = signals }],
            SafetySignals = [Safe],
            Conditions = [Condition("d/ok > 0.5", "Porte ouverte", "The door is open"), Condition("d/speed == 0", "", "")],
            Commands =
            [
                all,
                all with { Index = 1, Id = "stop", IsStop = true, Interlocks = [], Parameters = [], Values = [0], EffectSignal = -1, Effect = 1 },
                all with { Index = 2, Id = "play", Level = 2, NeedsLease = true },
                all with { Index = 3, Id = "pair", Level = 2, NeedsTwo = true },
                all with { Index = 4, Id = "program", Parameters = [new ParameterPlan { Id = "p", Choices = ["a.urp", "b.urp"], RateNanos = 5_000_000_000 }] },
            ],
            Reactions = [new ReactionPlan { Index = 0, Id = "r", Signal = Ok, Command = 1, PerHourMax = 2 }, new ReactionPlan { Index = 1, Id = "slow", Signal = Ok, Command = 0, Values = [5], NotAboveSignal = Speed, PerHourMax = 2 }],
        };
    }

    private static ConditionPlan Condition(string text, string fr, string en)
    {
        var program = ExpressionParser.Compile(text, name => ExpressionSignal.Of(name switch { "d/ok" => Ok, "d/speed" => Speed, _ => Safe }, ValueKind.Float64), out _)!;
        return new ConditionPlan { Program = program, Leaves = program.Signals, Written = text, MessageFr = fr, MessageEn = en };
    }
}
