using System.Buffers.Binary;
using System.Globalization;
using IndustrieFutur.Edge.Core.Orders;
using IndustrieFutur.Edge.Core.Pacing;
using IndustrieFutur.Edge.Core.Plans;
using IndustrieFutur.Edge.Protocols.Links;
using IndustrieFutur.Edge.Protocols.Modbus;

namespace IndustrieFutur.Edge.Drivers.Modbus;

/// <summary>What a command writes: one request, never a second one.</summary>
public sealed partial class ModbusDriver : ICommandTarget
{
    /// <summary>A value has four registers at most.</summary>
    private const int RegistersMax = 4;

    private readonly Dictionary<int, (ModbusUnit Unit, ModbusTarget[] Targets)> _targets;

    /// <inheritdoc/>
    public long NotBeforeMonoNanos(CommandPlan command)
    {
        ArgumentNullException.ThrowIfNull(command);
        return _targets.TryGetValue(command.Device, out var device) ? device.Unit.RestsUntilMonoNanos : 0;
    }

    /// <inheritdoc/>
    public OrderAnswer Execute(Order order, CommandPlan command)
    {
        ArgumentNullException.ThrowIfNull(order);
        ArgumentNullException.ThrowIfNull(command);
        if (_client is not { } client || !_targets.TryGetValue(command.Device, out var device) || (uint)command.Target >= (uint)device.Targets.Length || order.Count != 1)
        {
            return new OrderAnswer(OrderVerdict.NotSent, 0, "this link has no such target");
        }

        var target = device.Targets[command.Target];
        if (!target.Options.TryRaw(order.Value(0), out var raw))
        {
            return new OrderAnswer(OrderVerdict.NotSent, 0, string.Create(CultureInfo.InvariantCulture, $"{order.Value(0)} does not fit a {target.Type} at {target.Options.Address}"));
        }

        try
        {
            return AnswerOf(Exchange(client, device.Unit, target, raw));
        }
        catch (LinkBrokenException broken)
        {
            // The next step finds it broken too, and tells the runner.
            return OrderAnswer.Unanswered(broken.Message);
        }
        catch (OperationCanceledException)
        {
            return OrderAnswer.Unanswered("the service stopped while it waited for the answer");
        }
    }

    /// <summary>A silence counts as any other of the unit does; that of a connection is found by the next reading.</summary>
    private ModbusResult Exchange(ModbusClient client, ModbusUnit unit, ModbusTarget target, long raw)
    {
        var (crcErrors, wasSilent) = (client.CrcErrors, unit.Statistics.IsSilent);
        client.Timeout = unit.Timeout;
        var result = Write(client, unit.Number, target, raw);
        var now = MonoClock.NowNanos();
        Note(unit, result, client.CrcErrors - crcErrors, now);
        if (wasSilent && !IsSilence(result))
        {
            StartOver(unit, now);
        }

        return result;
    }

    private static ModbusResult Write(ModbusClient client, byte unit, ModbusTarget target, long raw)
    {
        if (target.Table == ModbusTable.Coils)
        {
            return client.WriteCoil(unit, target.Number, raw != 0);
        }

        var count = ModbusValue.Registers(target.Type);
        Span<byte> bytes = stackalloc byte[2 * RegistersMax];
        ModbusValue.Encode(raw, target.Type, target.Order, bytes[..(2 * count)]);
        if (count == 1)
        {
            return client.WriteRegister(unit, target.Number, BinaryPrimitives.ReadUInt16BigEndian(bytes));
        }

        Span<ushort> registers = stackalloc ushort[RegistersMax];
        for (var i = 0; i < count; i++)
        {
            registers[i] = BinaryPrimitives.ReadUInt16BigEndian(bytes[(2 * i)..]);
        }

        return client.WriteRegisters(unit, target.Number, registers[..count]);
    }

    private static OrderAnswer AnswerOf(ModbusResult result) => result switch
    {
        { IsOk: true } => OrderAnswer.Taken(),
        { Outcome: ModbusOutcome.Timeout } => OrderAnswer.Unanswered("no answer in time"),

        // A gateway that hears nothing from its unit does not know what the unit did.
        { Exception: ModbusExceptionCode.GatewayPathUnavailable or ModbusExceptionCode.GatewayTargetFailedToRespond } => OrderAnswer.Unanswered(result.ToString()),

        // "Accepted and being worked on" (Application Protocol 1.1b3, 7): the device took it, and its effect says the rest. Busy (6) is a no: it did not.
        { Exception: ModbusExceptionCode.Acknowledge } => OrderAnswer.Taken(result.ToString()),
        _ => OrderAnswer.Rejected((uint)result.Exception, result.ToString()),
    };

    private static Dictionary<int, (ModbusUnit Unit, ModbusTarget[] Targets)> TargetsOf(IReadOnlyList<DeviceBinding> devices, ModbusUnit[] units) => devices
        .Zip(units)
        .ToDictionary(
            pair => pair.First.Plan.Index,
            pair => (pair.Second, ((ModbusOptions)pair.First.Options).Targets.Values.Select(target => target.Target(((ModbusOptions)pair.First.Options).AddressBase ?? 0)).ToArray()));
}
