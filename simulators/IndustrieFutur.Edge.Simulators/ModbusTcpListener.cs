using System.Net;
using IndustrieFutur.Edge.Protocols.Modbus;
using IndustrieFutur.Edge.Simulators.Lines;

namespace IndustrieFutur.Edge.Simulators;

/// <summary>Serves a simulated device to Modbus TCP clients alone.</summary>
internal sealed class ModbusTcpListener : IDisposable
{
    private readonly TcpLineListener _listener;

    /// <summary>Port 0 takes any that is free.</summary>
    public ModbusTcpListener(IModbusDevice device, byte unit, IPEndPoint endPoint) =>
        _listener = new TcpLineListener(ModbusLines.Of(device, unit), endPoint, Faults);

    /// <summary>Where clients find it.</summary>
    public IPEndPoint EndPoint => _listener.EndPoint;

    /// <summary>What is wrong with its connections.</summary>
    public LineFaults Faults { get; } = new();

    public void Dispose() => _listener.Dispose();
}
