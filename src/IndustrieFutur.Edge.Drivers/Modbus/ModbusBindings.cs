using IndustrieFutur.Edge.Core.Plans;

namespace IndustrieFutur.Edge.Drivers.Modbus;

/// <summary>Joins the plan's signals with where the options say they lie: the units and polls of one link.</summary>
internal static class ModbusBindings
{
    public static (ModbusUnit[] Units, ModbusPoll[] Polls) Bind(IReadOnlyList<DeviceBinding> devices)
    {
        var units = new List<ModbusUnit>();
        var polls = new List<ModbusPoll>();
        foreach (var device in devices)
        {
            var options = (ModbusOptions)device.Options;
            var unit = Unit(device.Plan, options);
            units.Add(unit);
            polls.AddRange(Polls(unit, device.Plan, options));
        }

        return ([.. units], [.. polls]);
    }

    private static ModbusUnit Unit(DevicePlan plan, ModbusOptions options) => new(
        (byte)options.Unit,
        options.AnswerTimeout,
        options.Pause,
        options.Retries,
        [.. plan.Signals.Select(signal => signal.Index)],
        new ModbusUnitStatistics(plan.Id, options.Unit));

    private static IEnumerable<ModbusPoll> Polls(ModbusUnit unit, DevicePlan plan, ModbusOptions options)
    {
        var indices = plan.Signals.ToDictionary(signal => signal.Id, signal => signal.Index);
        var limits = new ModbusReadLimits(options.RegistersPerReadMax, options.BitsPerReadMax, options.GapMax);
        foreach (var group in options.Groups.Values)
        {
            var items = group.Signals.Select(pair => pair.Value.Item(indices[pair.Key], options.AddressBase ?? 0));
            yield return new ModbusPoll(unit, group.Interval, [.. items], limits);
        }
    }
}
