using IndustrieFutur.Edge.Protocols.Links;
using IndustrieFutur.Edge.Protocols.Modbus;

namespace IndustrieFutur.Edge.Simulators.Lines;

/// <summary>A simulated device behind Modbus: RTU on serial lines, Modbus TCP on connections.</summary>
internal static class ModbusLines
{
    public static LineProtocol Of(IModbusDevice device, byte unit) => new(
        $"Modbus RTU, unit {unit}",
        link => Conversation(link, device, ModbusFraming.Rtu, unit),
        link => Conversation(link, device, ModbusFraming.Tcp, unit))
    {
        NameOnTcp = $"Modbus TCP, unit {unit}",
    };

    private static Action<long> Conversation(IByteLink link, IModbusDevice device, ModbusFraming framing, byte unit)
    {
        var server = new ModbusServer(device, framing, unit);
        return untilMonoNanos => server.Serve(link, untilMonoNanos);
    }
}
