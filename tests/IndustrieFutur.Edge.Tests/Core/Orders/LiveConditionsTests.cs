using IndustrieFutur.Edge.Core.Orders;
using IndustrieFutur.Edge.Core.Sampling;

namespace IndustrieFutur.Edge.Tests.Core.Orders;

/// <summary>A condition holds on values that are Good and fresh, and in no other case.</summary>
public sealed class LiveConditionsTests : IDisposable
{
    private readonly OrderScene _scene = new();

    public void Dispose() => _scene.Dispose();

    [Fact]
    public void A_true_condition_holds_and_a_false_one_fails()
    {
        Assert.Equal(ConditionState.Holds, Ask(OrderScene.Interlock).State);

        _scene.Set(OrderScene.Ok, false);

        Assert.Equal(new ConditionAnswer(ConditionState.Fails, -1), Ask(OrderScene.Interlock));
    }

    [Fact]
    public void A_value_that_is_not_good_is_named()
    {
        _scene.Set(OrderScene.Ok, true, StatusCode.UncertainLastUsableValue);

        Assert.Equal(new ConditionAnswer(ConditionState.NotGood, OrderScene.Ok), Ask(OrderScene.Interlock));
    }

    [Fact]
    public void A_value_that_was_not_read_lately_is_named()
    {
        _scene.Set(OrderScene.Ok, true, ageNanos: OrderScene.FreshNanos + 1);

        Assert.Equal(new ConditionAnswer(ConditionState.NotFresh, OrderScene.Ok), Ask(OrderScene.Interlock));
    }

    [Fact]
    public void What_is_told_on_change_is_as_fresh_as_its_link()
    {
        _scene.Set(OrderScene.Told, true, ageNanos: 1_000 * OrderScene.FreshNanos);
        Assert.Equal(ConditionState.Holds, Ask(OrderScene.OnChange).State);

        _scene.IsLive = false;

        Assert.Equal(ConditionState.NotFresh, Ask(OrderScene.OnChange).State);
    }

    [Fact]
    public void A_loop_that_stands_still_knows_nothing()
    {
        var later = _scene.Now + 400_000_000;

        Assert.Equal(ConditionState.NotFresh, _scene.Conditions.Ask(OrderScene.Interlock, later).State);
    }

    [Fact]
    public void After_a_write_only_what_arrived_since_is_an_effect()
    {
        _scene.Set(OrderScene.Ok, true, ageNanos: 10);
        _scene.Set(OrderScene.Told, true, ageNanos: 10);

        Assert.Equal(ConditionState.NotFresh, _scene.Conditions.Ask(OrderScene.Interlock, _scene.Now, _scene.Now - 9).State);
        Assert.Equal(ConditionState.NotFresh, _scene.Conditions.Ask(OrderScene.OnChange, _scene.Now, _scene.Now - 9).State);
        Assert.Equal(ConditionState.Holds, _scene.Conditions.Ask(OrderScene.Interlock, _scene.Now, _scene.Now - 10).State);
    }

    [Fact]
    public void The_safety_stamp_changes_with_a_value_and_with_a_quality_and_with_nothing_else()
    {
        var before = _scene.Conditions.SafetyStamp();
        _scene.Set(OrderScene.Safe, true, ageNanos: 5);
        _scene.Set(OrderScene.Ok, false);
        Assert.Equal(before, _scene.Conditions.SafetyStamp());

        _scene.Set(OrderScene.Safe, true, StatusCode.UncertainLastUsableValue);
        var doubtful = _scene.Conditions.SafetyStamp();
        _scene.Set(OrderScene.Safe, false);

        Assert.Distinct([before, doubtful, _scene.Conditions.SafetyStamp()]);
    }

    private ConditionAnswer Ask(int condition) => _scene.Conditions.Ask(condition, _scene.Now);
}
