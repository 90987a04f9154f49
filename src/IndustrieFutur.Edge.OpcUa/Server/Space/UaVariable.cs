using IndustrieFutur.Edge.OpcUa.Types;
using IndustrieFutur.Edge.OpcUa.Types.Generated;

namespace IndustrieFutur.Edge.OpcUa.Server.Space;

/// <summary>A variable (OPC UA Part 3, 5.6.2): its value can be read from every thread while one sets it.</summary>
/// <remarks>
/// A DataValue that was set is never changed again: the next value is another object, so nobody sees half of one. Whoever wants other
/// fields of it (a server time, a part of an array) makes a DataValue of its own.
/// </remarks>
public sealed class UaVariable(NodeId id, QualifiedName browseName) : UaNode(id, browseName)
{
    private static readonly DataValue Unset = new(Variant.Null);

    private readonly Lock _setting = new();
    private IValueWatcher[] _watchers = [];
    private DataValue? _value;
    private Func<Variant>? _initial;

    public NodeId DataType { get; init; } = new(0, NodeIds.BaseDataType);

    /// <summary>-1 scalar, -2 any, -3 scalar or one dimension, 0 one or more, n dimensions.</summary>
    public int ValueRank { get; init; } = -1;

    public uint[]? ArrayDimensions { get; init; }

    /// <summary>Bits of <see cref="AccessLevels"/>.</summary>
    public byte AccessLevel { get; set; } = AccessLevels.CurrentRead;

    /// <summary>In milliseconds; 0 = every change can be had.</summary>
    public double MinimumSamplingInterval { get; set; }

    public bool Historizing { get; set; }

    /// <summary>Takes a client's Write and answers a status; null: the value is set as it was written, if AccessLevel allows it.</summary>
    public Func<WriteCall, uint>? WriteHandler { get; set; }

    /// <summary>Makes the value at each reading (the server's clock); such a variable tells no watcher.</summary>
    public Func<DataValue>? ReadHandler { get; set; }

    /// <summary>The value it starts with, made when first asked for: most values of a NodeSet are never read.</summary>
    public Func<Variant>? Initial
    {
        get => _initial;
        init => _initial = value;
    }

    public DataValue Value => ReadHandler is { } read ? read() : Volatile.Read(ref _value) ?? Begin();

    public override NodeClass NodeClass => NodeClass.Variable;

    /// <summary>Swaps the value and tells the watchers; the DataValue belongs to the variable from now on.</summary>
    public void Set(DataValue value)
    {
        ArgumentNullException.ThrowIfNull(value);
        lock (_setting)
        {
            // The full fence pairs with the one in Watch: either this thread sees the new watcher, or the watcher reads this value.
            Interlocked.Exchange(ref _value, value);
            foreach (var watcher in Volatile.Read(ref _watchers))
            {
                watcher.Changed(this, value);
            }
        }
    }

    /// <summary>A value with its source time (raw, see UaTime) and status.</summary>
    public void Set(Variant value, long sourceTimestamp, uint status = StatusCodes.Good) => Set(new DataValue(value)
    {
        Status = status,
        SourceTimestamp = sourceTimestamp,
        Fields = DataValueFields.Value | DataValueFields.Status | DataValueFields.SourceTimestamp,
    });

    /// <summary>Tells of each Set from now on; takes no lock. Who reads Value after this call misses none.</summary>
    public void Watch(IValueWatcher watcher) => Change(static (watchers, one) => [.. watchers, one], watcher);

    public void Unwatch(IValueWatcher watcher) => Change(static (watchers, one) => [.. watchers.Where(other => other != one)], watcher);

    private protected override DataValue? ClassAttribute(uint attributeId) => attributeId switch
    {
        AttributeIds.Value => Value,
        AttributeIds.DataType => Answer(Variant.Of(DataType)),
        AttributeIds.ValueRank => Answer(Variant.Of(ValueRank)),
        AttributeIds.ArrayDimensions when ValueRank > 0 => Answer(Variant.OfArray(BuiltInType.UInt32, ArrayDimensions ?? new uint[ValueRank])),
        AttributeIds.AccessLevel or AttributeIds.UserAccessLevel => Answer(Variant.Of(AccessLevel)),
        AttributeIds.AccessLevelEx => Answer(Variant.Of((uint)AccessLevel)),
        AttributeIds.MinimumSamplingInterval => Answer(Variant.Of(MinimumSamplingInterval)),
        AttributeIds.Historizing => Answer(Variant.Of(Historizing)),
        _ => null,
    };

    private DataValue Begin()
    {
        if (_initial is null)
        {
            return Unset;
        }

        var value = new DataValue(_initial());
        return Interlocked.CompareExchange(ref _value, value, null) ?? value;
    }

    private void Change(Func<IValueWatcher[], IValueWatcher, IValueWatcher[]> change, IValueWatcher watcher)
    {
        var before = Volatile.Read(ref _watchers);
        while (true)
        {
            var seen = Interlocked.CompareExchange(ref _watchers, change(before, watcher), before);
            if (seen == before)
            {
                return;
            }

            before = seen;
        }
    }
}
