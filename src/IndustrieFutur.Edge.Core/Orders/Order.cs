namespace IndustrieFutur.Edge.Core.Orders;

/// <summary>
/// What a driver is to do to a device: a command of the plan, by its index, with its values. There is no other content, so an order can
/// reach nothing that the configuration does not declare. Only the command gate makes one; a driver gets it from its desk.
/// </summary>
public sealed class Order
{
    internal Order()
    {
    }

    /// <summary>Its number: that of the line in the audit that stands for it, never given twice.</summary>
    public long Id { get; internal set; }

    /// <summary>The command's index in the plan.</summary>
    public int Command { get; internal set; }

    /// <summary>How many values it carries.</summary>
    public int Count { get; internal set; }

    /// <summary>When it must not be sent any more, monotonic.</summary>
    public long ExpiresMonoNanos { get; internal set; }

    /// <summary>Which opening of the link it was given for.</summary>
    public long Generation { get; internal set; }

    /// <summary>The safety signals as they were when it was given (<see cref="LiveConditions.SafetyStamp"/>).</summary>
    public ulong Safety { get; internal set; }

    /// <summary>When it was posted, monotonic.</summary>
    public long PostedMonoNanos { get; internal set; }

    internal double[] Values { get; } = new double[OrderSlot.ValuesMax];

    /// <summary>A value, in the order of the command's parameters; true is 1, a choice its place in the list.</summary>
    public double Value(int place)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)place, (uint)Count, nameof(place));
        return Values[place];
    }
}
