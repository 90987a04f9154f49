using IndustrieFutur.Edge.Core.Plans;
using IndustrieFutur.Edge.Core.Sampling;

namespace IndustrieFutur.Edge.Drivers.Modbus;

/// <summary>Joins the plan's signals with where the options say they lie: the units and polls of one link.</summary>
internal static class ModbusBindings
{
    public static (ModbusUnit[] Units, ModbusPoll[] Polls) Bind(IReadOnlyList<DeviceBinding> devices, IReadOnlyList<ModbusUnitStatistics> statistics)
    {
        var units = new List<ModbusUnit>();
        var polls = new List<ModbusPoll>();
        foreach (var (device, numbers) in devices.Zip(statistics))
        {
            var options = (ModbusOptions)device.Options;
            var unit = Unit(device.Plan, options, numbers);
            units.Add(unit);
            polls.AddRange(Polls(unit, device.Plan, options));
        }

        return ([.. units], [.. polls]);
    }

    /// <summary>One entry per device, in its order.</summary>
    public static ModbusUnitStatistics[] Statistics(IReadOnlyList<DeviceBinding> devices, HotMemory memory) =>
        [.. devices.Select(device => new ModbusUnitStatistics(memory, device.Plan.Id, ((ModbusOptions)device.Options).Unit))];

    private static ModbusUnit Unit(DevicePlan plan, ModbusOptions options, ModbusUnitStatistics statistics) => new(
        (byte)options.Unit,
        options.AnswerTimeout,
        options.Pause,
        options.Retries,
        [.. plan.Signals.Select(signal => signal.Index)],
        statistics);

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
