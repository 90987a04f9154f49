using FsCheck;
using FsCheck.Fluent;
using IndustrieFutur.Edge.Drivers.Modbus;
using IndustrieFutur.Edge.Protocols.Modbus;

namespace IndustrieFutur.Edge.Tests.Drivers.Modbus;

/// <summary>Requests are few, within the device's limits, and never cut a value in two.</summary>
public sealed class ModbusPlannerTests
{
    private static readonly ModbusReadLimits Usual = new(125, 2000, 8);

    [Fact]
    public void Neighbours_are_fetched_by_one_request()
    {
        var blocks = ModbusPlanner.Plan([Register(0, 100), Register(1, 103), Register(2, 112)], Usual);

        var block = Assert.Single(blocks);
        Assert.Equal((100, 13), (block.Start, block.Count));
    }

    [Fact]
    public void A_gap_that_is_too_wide_is_not_fetched()
    {
        var blocks = ModbusPlanner.Plan([Register(0, 100), Register(1, 110)], Usual);

        Assert.Equal(2, blocks.Length);
    }

    [Fact]
    public void Two_tables_are_never_mixed()
    {
        var blocks = ModbusPlanner.Plan([Register(0, 0), Register(1, 1) with { Table = ModbusTable.InputRegisters }], Usual);

        Assert.Equal(2, blocks.Length);
    }

    [Fact]
    public void A_hundred_registers_are_one_request()
    {
        var blocks = ModbusPlanner.Plan([.. Enumerable.Range(0, 100).Select(i => Register(i, i))], Usual);

        Assert.Equal(100, Assert.Single(blocks).Count);
    }

    [Fact]
    public void Every_signal_is_covered_once_and_whole_within_the_limits()
    {
        var cases =
            from limits in Limits()
            from items in Item(limits.RegistersMax).ListOf()
            select (limits, Items: items.Select((item, signal) => item with { Signal = signal }).ToArray());

        Prop.ForAll(cases.ToArbitrary(), plan =>
        {
            var blocks = ModbusPlanner.Plan(plan.Items, plan.limits);
            return CoversEachOnce(blocks, plan.Items)
                && Array.TrueForAll(blocks, block => HoldsItsItems(block, plan.Items) && block.Count <= plan.limits.CountMax(block.Table));
        }).QuickCheckThrowOnFailure();
    }

    private static bool CoversEachOnce(ModbusBlock[] blocks, ModbusItem[] items)
    {
        var covered = blocks.SelectMany(block => Enumerable.Range(block.FirstItem, block.ItemCount)).Select(item => items[item].Signal);
        return covered.Order().SequenceEqual(Enumerable.Range(0, items.Length));
    }

    private static bool HoldsItsItems(ModbusBlock block, ModbusItem[] items) =>
        items.Skip(block.FirstItem).Take(block.ItemCount)
            .All(item => item.Table == block.Table && item.Start >= block.Start && item.End <= block.Start + block.Count);

    private static Gen<ModbusReadLimits> Limits() =>
        from registers in Gen.Choose(4, 125)
        from bits in Gen.Choose(1, 2000)
        from gap in Gen.Choose(0, 20)
        select new ModbusReadLimits(registers, bits, gap);

    private static Gen<ModbusItem> Item(int registersMax) =>
        from table in Gen.Elements(Enum.GetValues<ModbusTable>())
        from start in Gen.Choose(0, 600)
        from length in Gen.Frequency((10, Gen.Elements(1, 1, 2, 4)), (1, Gen.Choose(1, registersMax)))
        select new ModbusItem(0, table, start, table.HoldsBits() ? 1 : length, ModbusType.U16, ModbusWordOrder.Abcd, 0);

    private static ModbusItem Register(int signal, int start) =>
        new(signal, ModbusTable.HoldingRegisters, start, 1, ModbusType.U16, ModbusWordOrder.Abcd, 0);
}
