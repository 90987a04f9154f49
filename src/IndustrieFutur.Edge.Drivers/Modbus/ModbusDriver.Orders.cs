using System.Buffers.Binary;
using System.Globalization;
using IndustrieFutur.Edge.Core.Orders;
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
            client.Timeout = device.Unit.Timeout;
            var result = Write(client, device.Unit.Number, target, raw);
            device.Unit.Statistics.Requests++;
            return AnswerOf(result);
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
        { Exception: ModbusExceptionCode.GatewayPathUnavailable or ModbusExceptionCode.GatewayTargetFailedToRespond or ModbusExceptionCode.Acknowledge } =>
            OrderAnswer.Unanswered(result.ToString()),
        _ => OrderAnswer.Rejected((uint)result.Exception, result.ToString()),
    };

    private static Dictionary<int, (ModbusUnit Unit, ModbusTarget[] Targets)> TargetsOf(IReadOnlyList<DeviceBinding> devices, ModbusUnit[] units) => devices
        .Zip(units)
        .ToDictionary(
            pair => pair.First.Plan.Index,
            pair => (pair.Second, ((ModbusOptions)pair.First.Options).Targets.Values.Select(target => target.Target(((ModbusOptions)pair.First.Options).AddressBase ?? 0)).ToArray()));
}
