using IndustrieFutur.Edge.App.Commands;
using IndustrieFutur.Edge.Control;
using IndustrieFutur.Edge.Core.Plans;
using IndustrieFutur.Edge.Core.Sampling;
using IndustrieFutur.Edge.Northbound.Sparkplug;
using IndustrieFutur.Edge.Tests.Northbound.Commands;
using Microsoft.Extensions.Time.Testing;

namespace IndustrieFutur.Edge.Tests.App.Commands;

/// <summary>DCMD: only what is of level 1, of this moment and of one value comes through, and the same message is the same order.</summary>
public sealed class SparkplugDoorTests
{
    private const ulong Now = 1_700_000_000_000;

    private readonly FakeTimeProvider _clock = new(DateTimeOffset.FromUnixTimeMilliseconds((long)Now));
    private readonly GateWitness _gate = new();
    private readonly CellPlan _plan = CommandCell.Plan();
    private readonly SparkplugDoor _door;

    public SparkplugDoorTests() => _door = Door(_plan);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public void A_host_that_writes_a_signal_gives_its_command_as_the_configured_user()
    {
        var refusal = _door.Refusal(Order(signal: 0, 200.5, Now - 4_000));

        Assert.Null(refusal);
        var asked = _gate.Asked.Take(Cancellation);
        Assert.Equal(new Who("scada-user", "scada", Control.Door.Sparkplug, IsAtCell: false), asked.Who);
        Assert.Equal(("speed", RequestStep.Submit, "dcmd-1699999996000-1", (long)Now + 26_000), (asked.Command, asked.Step, asked.Id, asked.ExpiresUtcMillis));
        Assert.Equal("200.5", asked.Values["speed"]);
        Assert.Contains("confirmed after 12 ms", _gate.Told.Take(Cancellation), StringComparison.Ordinal);
    }

    [Fact]
    public void The_same_message_again_has_the_same_id_and_a_later_one_another()
    {
        _door.Refusal(Order(0, 200, Now));
        _door.Refusal(Order(0, 200, Now));
        _door.Refusal(Order(0, 200, Now + 1));

        var ids = new[] { _gate.Asked.Take(Cancellation).Id, _gate.Asked.Take(Cancellation).Id, _gate.Asked.Take(Cancellation).Id };
        Assert.Equal([$"dcmd-{Now}-1", $"dcmd-{Now}-1", $"dcmd-{Now + 1}-1"], ids.Order());
    }

    [Fact]
    public void A_clock_that_is_ahead_does_not_make_the_expiry_later_than_30_s()
    {
        _door.Refusal(Order(0, 200, Now + 20_000));

        Assert.Equal((long)Now + 30_000, _gate.Asked.Take(Cancellation).ExpiresUtcMillis);
    }

    [Theory]
    [InlineData(0, 0UL, "has no timestamp")]
    [InlineData(0, Now - 30_001, "more than 30 s from our clock")]
    [InlineData(0, Now + 30_001, "more than 30 s from our clock")]
    [InlineData(0, ulong.MaxValue, "more than 30 s from our clock")]
    [InlineData(2, Now, "needs a person who prepares it")]
    [InlineData(3, Now, "no command is given by writing this signal")]
    public void What_may_not_come_this_way_is_refused_at_once(int signal, ulong sent, string sentence)
    {
        var refusal = _door.Refusal(Order(signal, 1, sent));

        Assert.Contains(sentence, refusal, StringComparison.Ordinal);
        Assert.Empty(_gate.Asked);
    }

    [Theory]
    [InlineData(true, false)]
    [InlineData(false, true)]
    public void What_needs_a_lease_or_two_persons_is_refused_even_at_level_1(bool lease, bool two)
    {
        var door = Door(CommandCell.Plan(CommandCell.Command(0, "x", 0) with { SparkplugSignal = 1, Values = [1], NeedsLease = lease, NeedsTwo = two }));

        Assert.Contains("needs a person", door.Refusal(Order(1, 1, Now)), StringComparison.Ordinal);
    }

    [Fact]
    public void Without_a_user_for_hosts_every_order_is_refused()
    {
        var door = new SparkplugDoor(_gate.AskAsync, _plan, "", _clock, _gate);

        Assert.Contains("\"sparkplugUser\"", door.Refusal(Order(0, 200, Now)), StringComparison.Ordinal);
    }

    [Fact]
    public void A_command_with_a_fixed_value_is_given_by_writing_that_value_only()
    {
        Assert.Contains("by writing 0", _door.Refusal(Order(1, 1, Now)), StringComparison.Ordinal);
        Assert.Null(_door.Refusal(Order(1, 0, Now)));

        var asked = _gate.Asked.Take(Cancellation);
        Assert.Equal("stop", asked.Command);
        Assert.Empty(asked.Values);
    }

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    public void A_number_that_is_none_is_refused(double value)
    {
        Assert.Contains("the value is none", _door.Refusal(Order(0, value, Now)), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(1, "b.urp")]
    [InlineData(2, null)]
    [InlineData(-1, null)]
    public void A_whole_number_for_a_choice_is_its_place_in_the_list(int place, string? chosen)
    {
        var parameter = new ParameterPlan { Id = "program", Choices = ["a.urp", "b.urp"] };
        var door = Door(CommandCell.Plan(CommandCell.Command(0, "load", 1) with { SparkplugSignal = 3, Parameters = [parameter] }));

        var refusal = door.Refusal(new DeviceOrder("scada", _plan.Signals[3], place, "", Now));

        Assert.Equal(chosen is null, refusal is not null);
        Assert.Equal(chosen, chosen is null ? null : _gate.Asked.Take(Cancellation).Values["program"]);
    }

    [Fact]
    public void At_most_16_are_in_work_and_a_place_is_free_when_one_has_ended()
    {
        var open = new TaskCompletionSource<CommandAnswer>(TaskCreationOptions.RunContinuationsAsynchronously);
        _gate.Answer = _ => open.Task;
        for (var i = 0; i < 16; i++)
        {
            Assert.Null(_door.Refusal(Order(0, i, Now)));
        }

        Assert.Contains("too many", _door.Refusal(Order(0, 17, Now)), StringComparison.Ordinal);
        open.SetResult(GateWitness.Confirmed(_gate.Asked.Take(Cancellation)));
        Assert.True(SpinWait.SpinUntil(() => _door.Refusal(Order(0, 18, Now)) is null, TimeSpan.FromSeconds(10)));
    }

    [Fact]
    public void What_the_gate_refuses_is_told_once_a_minute_and_what_may_have_been_done_each_time()
    {
        _gate.Answer = request => Task.FromResult(GateWitness.Confirmed(request) with
        {
            Outcome = request.Command == "stop" ? Outcome.Unknown : Outcome.Refused,
            Rule = "interlock",
        });
        for (var i = 0; i < 10; i++)
        {
            Assert.Null(_door.Refusal(Order(0, i, Now)));
        }

        Assert.Null(_door.Refusal(Order(1, 0, Now)));
        Assert.Null(_door.Refusal(Order(1, 0, Now + 1)));

        string[] told = [_gate.Told.Take(Cancellation), _gate.Told.Take(Cancellation), _gate.Told.Take(Cancellation)];
        Assert.Single(told, line => line.Contains("refused by the rule interlock", StringComparison.Ordinal));
        Assert.Equal(2, told.Count(line => line.Contains("Unknown", StringComparison.Ordinal)));
        Assert.Empty(_gate.Told);
    }

    [Fact]
    public void An_error_of_ours_is_told_as_an_unknown_outcome()
    {
        _gate.Answer = null;

        Assert.Null(_door.Refusal(Order(0, 200, Now)));

        Assert.Contains("its outcome is unknown", _gate.Told.Take(Cancellation), StringComparison.Ordinal);
    }

    private SparkplugDoor Door(CellPlan plan) => new(_gate.AskAsync, plan, "scada-user", _clock, _gate);

    private DeviceOrder Order(int signal, double value, ulong sent)
    {
        var plan = _plan.Signals[signal];
        var bits = plan.Kind == ValueKind.Float64 ? BitConverter.DoubleToInt64Bits(value) : (long)value;
        return new DeviceOrder("scada", plan, bits, "", sent);
    }
}
