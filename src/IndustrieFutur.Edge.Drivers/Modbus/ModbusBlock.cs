using IndustrieFutur.Edge.Protocols.Modbus;

namespace IndustrieFutur.Edge.Drivers.Modbus;

/// <summary>Neighbouring addresses that one request fetches, the items they feed, and whether the device knows them.</summary>
internal struct ModbusBlock
{
    public ModbusTable Table;
    public int Start;
    public int Count;
    public int FirstItem;
    public int ItemCount;

    /// <summary>Rounds in a row in which the device was too busy to answer.</summary>
    public int BusyRounds;

    /// <summary>The device does not know it: left out of the rounds, and asked for again only now and then.</summary>
    public bool IsIllegal;

    /// <summary>The block that covers a run of items in the order of their addresses.</summary>
    public static ModbusBlock Over(ReadOnlySpan<ModbusItem> items, int first, int count)
    {
        var end = 0;
        foreach (ref readonly var item in items.Slice(first, count))
        {
            end = Math.Max(end, item.End);
        }

        return new ModbusBlock
        {
            Table = items[first].Table,
            Start = items[first].Start,
            Count = end - items[first].Start,
            FirstItem = first,
            ItemCount = count,
        };
    }
}
