using IndustrieFutur.Edge.Core.Ledger;
using IndustrieFutur.Edge.Core.Pacing;
using IndustrieFutur.Edge.Core.Plans;
using IndustrieFutur.Edge.Core.Sampling;
using IndustrieFutur.Edge.Drivers.OpcUa;

namespace IndustrieFutur.Edge.Tests.Drivers.OpcUa;

/// <summary>A value that does not change is said again in time not to go stale, and no signal is looked at before it may.</summary>
public sealed class OpcUaRefreshTests : IDisposable
{
    private const int Capacity = 16;
    private const long Stale = 9_000_000_000;
    private const long Start = 1_000_000_000_000;

    private readonly HotMemory _memory = new(1 << 16);
    private readonly SampleRing _ring;
    private readonly OpcUaLastValues _values;

    public OpcUaRefreshTests()
    {
        _ring = new SampleRing(_memory, Capacity);
        SignalPlan[] signals = [Signal(0, 0), Signal(1, Stale)];
        _values = new OpcUaLastValues(signals, new SampleWriter(_ring, new LedgerCounters(_memory, signals.Length), new UtcOffset(TimeProvider.System)));
    }

    [Fact]
    public void A_signal_that_does_not_go_stale_is_never_looked_at_again()
    {
        _values.Write(0, StatusCode.Good, 1, 0, Start);

        Assert.Equal(long.MaxValue, _values.Refresh(0, Start + Stale));
        Assert.Equal(1, _ring.Waiting);
    }

    [Fact]
    public void A_value_is_said_again_after_a_third_of_its_limit_and_looked_at_no_sooner()
    {
        _values.Write(1, StatusCode.Good, 1, 0, Start);

        Assert.Equal(Start + (Stale / 3), _values.Refresh(1, Start + 1));
        Assert.Equal(1, _ring.Waiting);
        Assert.Equal(Start + (2 * Stale / 3), _values.Refresh(1, Start + (Stale / 3)));
        Assert.Equal(2, _ring.Waiting);
    }

    [Fact]
    public void A_doubted_value_is_not_said_again()
    {
        _values.Write(1, StatusCode.Good, 1, 0, Start);
        _values.Doubt(1);

        Assert.Equal(Start + Stale + (Stale / 3), _values.Refresh(1, Start + Stale));
        Assert.Equal(2, _ring.Waiting);
    }

    [Fact]
    public void A_value_that_the_ring_had_no_room_for_is_said_when_it_has()
    {
        Fill();
        _values.Write(0, StatusCode.Good, 7, 0, Start);

        _ring.Advance(_ring.Peek(Capacity).Length);
        _values.SayUnsaid();
        _values.SayUnsaid();

        Assert.Equal(7, Assert.Single(_ring.Peek(Capacity).ToArray()).Bits);
    }

    [Fact]
    public void A_mark_that_the_ring_had_no_room_for_is_made_by_the_next_doubt()
    {
        Fill();
        _values.Doubt(Start);

        _ring.Advance(_ring.Peek(Capacity).Length);
        _values.Doubt(Start);
        _values.Doubt(Start);

        Assert.Equal(StatusCode.UncertainLastUsableValue, Assert.Single(_ring.Peek(Capacity).ToArray()).Status);
    }

    public void Dispose() => _memory.Dispose();

    /// <summary>The ring takes nothing more; the first signal is good.</summary>
    private void Fill()
    {
        for (var i = 0; i < Capacity; i++)
        {
            _values.Write(0, StatusCode.Good, i, 0, Start);
        }
    }

    private static SignalPlan Signal(int index, long staleNanos) =>
        new() { Index = index, Id = $"s{index}", Device = "plc", RawKind = ValueKind.Float64, StaleNanos = staleNanos };
}
