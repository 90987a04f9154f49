using System.Text;
using IndustrieFutur.Edge.Core.Orders;
using IndustrieFutur.Edge.Core.Pacing;
using IndustrieFutur.Edge.Core.Plans;
using IndustrieFutur.Edge.Core.Sampling;
using IndustrieFutur.Edge.Drivers;
using IndustrieFutur.Edge.Drivers.Modbus;
using IndustrieFutur.Edge.Drivers.Running;

namespace IndustrieFutur.Edge.Tests.Drivers.Running;

/// <summary>One block, seen from two sides, and what the second sampler says of the first one's end.</summary>
public sealed class HotSideTests : IDisposable
{
    private const int RingSamples = 1_024;

    private readonly CellPlan _plan = Plan();
    private readonly LinkPlan _link;
    private readonly HotMemory _memory;

    public HotSideTests()
    {
        _link = new LinkPlan(DriverCatalog.Find("modbus")!, "line", [new DeviceBinding(_plan.Devices[0], new ModbusOptions { Driver = "modbus" })]);
        _memory = new HotMemory(HotSide.BytesNeeded(_plan, [_link], RingSamples));
    }

    public void Dispose() => _memory.Dispose();

    [Fact]
    public void Both_sides_find_everything_at_the_same_place()
    {
        using var again = new HotMemory(_memory);
        var (service, sampler) = (Side(_memory), Side(again));

        sampler.WriterOf(0).Write(0, StatusCode.Good, 7, MonoClock.NowNanos());
        sampler.Loop.Tick(MonoClock.NowNanos());

        Assert.Equal(_memory.Taken, again.Taken);
        Assert.Equal(7, service.Output.Peek(1)[0].Bits);
        Assert.True(service.Latest.Read(0, out var latest));
        Assert.Equal((7, 1L), (latest.Bits, service.Ledger.Read(0).Produced));
    }

    [Fact]
    public void After_a_crash_each_signal_says_that_its_value_was_the_last_one_before_a_gap()
    {
        var killed = Side(_memory);
        var writer = killed.WriterOf(0);
        writer.Write(0, StatusCode.Good, 7, MonoClock.NowNanos());
        writer.Write(1, StatusCode.Good, BitConverter.DoubleToInt64Bits(5), MonoClock.NowNanos());
        writer.WriteText(2, StatusCode.Good, "code"u8, killed.Utc.ToUtc(MonoClock.NowNanos()), MonoClock.NowNanos());
        writer.Write(3, StatusCode.BadNoCommunication, 0, MonoClock.NowNanos());
        var died = MonoClock.NowNanos();
        killed.Loop.Tick(died);
        var before = Drain(killed);

        using var again = new HotMemory(_memory);
        var next = Side(again);
        next.TakeOver([]);
        next.Inputs[0].TakeOverWriting();
        next.MarkGap(_link, next.WriterOf(0), died, MonoClock.NowNanos());
        next.Loop.Tick(MonoClock.NowNanos());

        Assert.Equal([(0, "7"), (1, "50"), (2, "code"), (3, "bad")], before.Select(sample => (sample.Signal, sample.Value)));
        var marks = Drain(next);
        Assert.Equal([(0, "7"), (1, "50"), (2, "code")], marks.Select(sample => (sample.Signal, sample.Value)));
        Assert.All(marks, mark => Assert.Equal(StatusCode.UncertainLastUsableValue, mark.Status));
        Assert.All(marks, mark => Assert.InRange(mark.Source - next.Utc.ToUtc(died), -1_000_000, 1_000_000));
    }

    [Fact]
    public void Orders_and_reactions_lie_in_the_block_and_outlast_each_side()
    {
        using var again = new HotMemory(_memory);
        var (service, sampler) = (Side(_memory), Side(again));
        var order = new Order { Id = 7, Command = 3, Count = 1 };
        order.Values[0] = 2.5;

        Assert.True(service.Boxes[0].TryPost(0, order));
        sampler.Reactions.Add(2, 99);
        using var third = new HotMemory(_memory);
        var next = Side(third);
        var taken = new Order();
        Assert.True(next.Boxes[0].TryTake(0, taken));
        next.Boxes[0].Answer(0, OrderAnswer.Rejected(5, "no"));

        Assert.Equal((7L, 3, 2.5), (taken.Id, taken.Command, taken.Value(0)));
        Assert.True(service.Boxes[0].TryCollect(0, out var report));
        Assert.Equal((7L, OrderVerdict.Rejected, 5u, "no"), (report.Id, report.Verdict, report.Code, report.Text));
        Assert.True(service.Reactions.TryTake(out var set));
        Assert.Equal((2, 99L), (set.Reaction, set.ArrivalMonoNanos));
        Assert.False(next.Reactions.TryTake(out _));
    }

    [Fact]
    public void What_a_side_takes_is_what_is_said_that_it_needs()
    {
        Side(_memory);

        Assert.Equal((nuint)HotSide.BytesNeeded(_plan, [_link], RingSamples), _memory.Taken);
    }

    private static CellPlan Plan()
    {
        SignalPlan[] signals =
        [
            Signal(0, ValueKind.Int64),
            Signal(1, ValueKind.Float64) with { Scale = 10 },
            Signal(2, ValueKind.Text) with { TextBytes = 16 },
            Signal(3, ValueKind.Int64),
        ];
        return new CellPlan
        {
            Group = "g",
            Edge = "e",
            Devices = [new DevicePlan { Id = "plc", Driver = "modbus", Index = 0, Signals = signals }],
            Signals = signals,
            Hash = 1,
            TextBytesMax = 16,
        };
    }

    private static SignalPlan Signal(int index, ValueKind kind) => new() { Index = index, Id = $"s{index}", Device = "plc", RawKind = kind };

    private HotSide Side(HotMemory memory) => new(memory, _plan, [_link], RingSamples, TimeProvider.System);

    private List<(int Signal, uint Status, string Value, long Source)> Drain(HotSide side)
    {
        var seen = new List<(int, uint, string, long)>();
        foreach (ref readonly var sample in side.Output.Peek(100))
        {
            var kind = _plan.Signals[sample.Signal].Kind;
            var value = StatusCode.IsBad(sample.Status)
                ? "bad"
                : kind == ValueKind.Text
                    ? Encoding.UTF8.GetString(side.Output.Text(sample))
                    : kind == ValueKind.Float64 ? $"{sample.AsDouble}" : $"{sample.Bits}";
            seen.Add((sample.Signal, sample.Status, value, sample.SourceUtcNanos));
        }

        side.Output.Advance(seen.Count);
        return seen;
    }
}
