namespace IndustrieFutur.Edge.Drivers.Modbus;

/// <summary>Plans the fewest requests that read every item of a group: made once, at start-up.</summary>
internal static class ModbusPlanner
{
    /// <summary>Puts the items in the order of their addresses, in place, and returns the blocks over them; no item is ever cut in two.</summary>
    public static ModbusBlock[] Plan(ModbusItem[] items, ModbusReadLimits limits)
    {
        Array.Sort(items, ByAddress);
        var blocks = new List<ModbusBlock>();
        var first = 0;
        var end = 0;
        for (var i = 0; i < items.Length; i++)
        {
            if (i > first && !Joins(items[first], items[i], end, limits))
            {
                blocks.Add(ModbusBlock.Over(items, first, i - first));
                first = i;
                end = 0;
            }

            end = Math.Max(end, items[i].End);
        }

        if (items.Length > 0)
        {
            blocks.Add(ModbusBlock.Over(items, first, items.Length - first));
        }

        return [.. blocks];
    }

    private static bool Joins(in ModbusItem first, in ModbusItem item, int end, ModbusReadLimits limits) =>
        item.Table == first.Table
        && item.Start - end <= limits.GapOf(item.Table)
        && Math.Max(end, item.End) - first.Start <= limits.CountMax(item.Table);

    private static int ByAddress(ModbusItem left, ModbusItem right) =>
        (left.Table, left.Start, left.Length, left.Signal).CompareTo((right.Table, right.Start, right.Length, right.Signal));
}
