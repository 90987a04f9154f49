using IndustrieFutur.Edge.Core.Plans;

namespace IndustrieFutur.Edge.Core.Orders;

/// <summary>
/// Where the thread of a link takes its orders: between two steps, each asked once more, just before it is sent, whether all still holds
/// that held when it was given.
/// </summary>
public sealed class OrderDesk
{
    private readonly OrderBox _box;
    private readonly IReadOnlyList<CommandPlan> _commands;
    private readonly int[] _devices;
    private readonly LiveConditions _conditions;
    private readonly Order _order = new();

    /// <param name="box">The link's inbox.</param>
    /// <param name="plan">Of the cell.</param>
    /// <param name="devices">The devices behind the link, by index in the plan, in the order of the box's slots.</param>
    /// <param name="conditions">This thread's own.</param>
    public OrderDesk(OrderBox box, CellPlan plan, IEnumerable<int> devices, LiveConditions conditions)
    {
        ArgumentNullException.ThrowIfNull(plan);
        _box = box;
        _commands = plan.Commands;
        _devices = [.. devices];
        _conditions = conditions;
        foreach (var command in _commands)
        {
            HasTargets |= Array.IndexOf(_devices, command.Device) >= 0;
        }

        box.TakeOver();
    }

    /// <summary>Something behind this link can be commanded: the thread looks into its inbox often.</summary>
    public bool HasTargets { get; }

    public bool HasPosted => HasTargets && _box.HasPosted;

    /// <summary>Takes and does what waits, one order a device. One whose device cannot be told anything yet goes on waiting.</summary>
    /// <param name="target">The link's driver, connected.</param>
    /// <param name="generation">Which opening of the link this is.</param>
    /// <param name="monoNow">The time.</param>
    /// <returns>True when a device was asked for something.</returns>
    public bool Serve(ICommandTarget target, long generation, long monoNow)
    {
        ArgumentNullException.ThrowIfNull(target);
        var wasAsked = false;
        for (var slot = 0; slot < _devices.Length; slot++)
        {
            if (IsTooEarly(slot, target, monoNow) || !_box.TryTake(slot, _order))
            {
                continue;
            }

            var cause = CauseNotTo(slot, generation, monoNow, out var detail, out var state);
            if (cause != OrderCause.None)
            {
                _box.Answer(slot, new OrderAnswer(OrderVerdict.NotSent, (uint)state, ""), cause, detail);
                continue;
            }

            wasAsked = true;
            _box.Answer(slot, target.Execute(_order, _commands[_order.Command]));
        }

        return wasAsked;
    }

    /// <summary>The link is lost, or not open yet: what waits was given for one that is no more.</summary>
    public void Void()
    {
        for (var slot = 0; slot < _devices.Length; slot++)
        {
            if (_box.TryTake(slot, _order))
            {
                _box.Answer(slot, new OrderAnswer(OrderVerdict.NotSent, 0, ""), OrderCause.LinkLost);
            }
        }
    }

    /// <summary>What is no order of this plan, or is over, is answered at once.</summary>
    private bool IsTooEarly(int slot, ICommandTarget target, long monoNow) =>
        _box.IsPosted(slot, out var command, out var expiresMonoNanos)
        && monoNow < expiresMonoNanos
        && (uint)command < (uint)_commands.Count
        && _commands[command].Device == _devices[slot]
        && target.NotBeforeMonoNanos(_commands[command]) > monoNow;

    /// <summary>A stop carries no interlocks and heeds no safety state: nothing stale may refuse it.</summary>
    private OrderCause CauseNotTo(int slot, long generation, long monoNow, out int detail, out ConditionState state)
    {
        (detail, state) = (0, ConditionState.Holds);
        if (_order.Id <= 0 || (uint)_order.Command >= (uint)_commands.Count || _commands[_order.Command].Device != _devices[slot])
        {
            return OrderCause.NoTarget;
        }

        var command = _commands[_order.Command];
        if (monoNow >= _order.ExpiresMonoNanos)
        {
            return OrderCause.Expired;
        }

        if (_order.Generation != generation)
        {
            return OrderCause.LinkLost;
        }

        if (command.IsStop)
        {
            return OrderCause.None;
        }

        if (_order.Safety != _conditions.SafetyStamp())
        {
            return OrderCause.SafetyChanged;
        }

        foreach (var condition in command.Interlocks)
        {
            state = _conditions.Ask(condition, monoNow).State;
            if (state != ConditionState.Holds)
            {
                detail = condition;
                return OrderCause.Interlock;
            }
        }

        return OrderCause.None;
    }
}
