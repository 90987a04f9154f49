using IndustrieFutur.Edge.Core.Orders;
using IndustrieFutur.Edge.Core.Plans;
using IndustrieFutur.Edge.Core.Sampling;

namespace IndustrieFutur.Edge.Tests.Core.Orders;

/// <summary>Just before the write all is asked once more, and what no longer holds is not sent.</summary>
public sealed class OrderDeskTests : IDisposable
{
    private readonly OrderScene _scene = new();
    private readonly Witness _device = new();

    public void Dispose() => _scene.Dispose();

    [Fact]
    public void What_still_holds_is_sent_once()
    {
        var report = Serve(_scene.Order());

        Assert.Equal(OrderVerdict.Taken, report.Verdict);
        Assert.Equal(250, Assert.Single(_device.Values));
    }

    [Fact]
    public void What_is_over_is_not_sent() => AssertNotSent(OrderCause.Expired, _scene.Order(lifeNanos: 0));

    [Fact]
    public void An_order_for_an_earlier_opening_of_the_link_is_not_sent() => AssertNotSent(OrderCause.LinkLost, _scene.Order(generation: 0));

    [Theory]
    [InlineData(9, 7)]
    [InlineData(-1, 7)]
    [InlineData(0, 0)]
    public void What_is_no_order_of_this_plan_is_not_sent(int command, long id) => AssertNotSent(OrderCause.NoTarget, _scene.Order(id, command));

    [Fact]
    public void An_order_in_the_slot_of_another_device_is_not_sent()
    {
        var desk = _scene.NewDesk();
        _scene.Box.TryPost(1, _scene.Order());

        desk.Serve(_device, 1, _scene.Now);

        _scene.Box.TryCollect(1, out var report);
        Assert.Equal((OrderCause.NoTarget, 0), (report.Cause, _device.Values.Count));
    }

    [Fact]
    public void An_interlock_that_fell_is_named_and_nothing_is_sent()
    {
        var order = _scene.Order();
        _scene.Set(OrderScene.Ok, false);

        AssertNotSent(OrderCause.Interlock, order);
    }

    [Theory]
    [InlineData(StatusCode.UncertainLastUsableValue, 0)]
    [InlineData(StatusCode.BadNoCommunication, 0)]
    [InlineData(StatusCode.Good, 2 * OrderScene.FreshNanos)]
    public void An_interlock_that_is_not_good_and_fresh_lets_nothing_through(uint status, long ageNanos)
    {
        var order = _scene.Order();
        _scene.Set(OrderScene.Ok, true, status, ageNanos);

        AssertNotSent(OrderCause.Interlock, order);
    }

    [Fact]
    public void Another_safety_state_lets_nothing_through()
    {
        var order = _scene.Order();
        _scene.Set(OrderScene.Safe, false);

        AssertNotSent(OrderCause.SafetyChanged, order);
    }

    [Fact]
    public void A_stop_is_sent_whatever_the_interlocks_and_the_safety_state()
    {
        var order = _scene.Order(command: 1);
        _scene.Set(OrderScene.Safe, false);
        _scene.Set(OrderScene.Ok, false, StatusCode.Bad);

        Assert.Equal(OrderVerdict.Taken, Serve(order).Verdict);
    }

    [Fact]
    public void An_order_whose_device_rests_waits_in_its_inbox_and_is_asked_all_over_again_in_its_turn()
    {
        var desk = _scene.NewDesk();
        _scene.Box.TryPost(0, _scene.Order());
        _device.RestsUntilMonoNanos = _scene.Now + 1_000;

        var wasAsked = desk.Serve(_device, 1, _scene.Now);
        var stillWaits = _scene.Box.HasPosted;
        _scene.Set(OrderScene.Ok, false);
        desk.Serve(_device, 1, _scene.Now + 1_000);

        Assert.Equal((false, true), (wasAsked, stillWaits));
        _scene.Box.TryCollect(0, out var report);
        Assert.Equal((OrderVerdict.NotSent, OrderCause.Interlock, 0), (report.Verdict, report.Cause, _device.Values.Count));
    }

    [Fact]
    public void An_order_whose_device_rests_is_sent_when_it_has_rested()
    {
        var desk = _scene.NewDesk();
        _scene.Box.TryPost(0, _scene.Order());
        _device.RestsUntilMonoNanos = _scene.Now + 1_000;
        desk.Serve(_device, 1, _scene.Now + 999);

        Assert.True(desk.Serve(_device, 1, _scene.Now + 1_000));
        Assert.Single(_device.Values);
    }

    [Fact]
    public void An_order_whose_device_rests_too_long_is_over_and_can_be_taken_back_before()
    {
        var desk = _scene.NewDesk();
        _device.RestsUntilMonoNanos = long.MaxValue;
        _scene.Box.TryPost(0, _scene.Order(lifeNanos: 1_000));
        desk.Serve(_device, 1, _scene.Now);
        desk.Serve(_device, 1, _scene.Now + 1_000);
        _scene.Box.TryCollect(0, out var report);
        _scene.Box.TryPost(0, _scene.Order());
        desk.Serve(_device, 1, _scene.Now);

        Assert.Equal((OrderVerdict.NotSent, OrderCause.Expired), (report.Verdict, report.Cause));
        Assert.True(_scene.Box.TryWithdraw(0));
        Assert.Empty(_device.Values);
    }

    [Fact]
    public void A_lost_link_gives_back_what_waits()
    {
        var desk = _scene.NewDesk();
        _scene.Box.TryPost(0, _scene.Order());

        desk.Void();

        _scene.Box.TryCollect(0, out var report);
        Assert.Equal((OrderVerdict.NotSent, OrderCause.LinkLost), (report.Verdict, report.Cause));
    }

    private void AssertNotSent(OrderCause cause, Order order)
    {
        var report = Serve(order);

        Assert.Equal((OrderVerdict.NotSent, cause), (report.Verdict, report.Cause));
        Assert.Empty(_device.Values);
    }

    private OrderReport Serve(Order order)
    {
        var desk = _scene.NewDesk();
        Assert.True(_scene.Box.TryPost(0, order));
        desk.Serve(_device, 1, _scene.Now);
        Assert.True(_scene.Box.TryCollect(0, out var report));
        return report;
    }

    /// <summary>A device that takes whatever it is sent.</summary>
    private sealed class Witness : ICommandTarget
    {
        public List<double> Values { get; } = [];

        public long RestsUntilMonoNanos { get; set; }

        public long NotBeforeMonoNanos(CommandPlan command) => RestsUntilMonoNanos;

        public OrderAnswer Execute(Order order, CommandPlan command)
        {
            Values.Add(order.Value(0));
            return OrderAnswer.Taken();
        }
    }
}
