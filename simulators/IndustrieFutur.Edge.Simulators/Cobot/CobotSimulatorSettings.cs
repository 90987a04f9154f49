using System.Net;
using IndustrieFutur.Edge.Simulators.OpcUa;

namespace IndustrieFutur.Edge.Simulators.Cobot;

/// <summary>Where the simulated cobot is to be found, how fast its day passes, and which of its possible days it is. Ports that need no rights, on loopback.</summary>
public sealed record CobotSimulatorSettings
{
    public CobotSettings Arm { get; init; } = new();

    /// <summary>Times the wall's pace, 0.1 to 20.</summary>
    public double Speed { get; init; } = 1;

    /// <summary>Null: it does not speak OPC UA.</summary>
    public UaDeviceSettings? OpcUa { get; init; } = new() { DataFolder = UaArguments.DataFolderDefault };

    public IPEndPoint? Rtde { get; init; } = new(IPAddress.Loopback, 30004);

    public IPEndPoint? Dashboard { get; init; } = new(IPAddress.Loopback, 29999);

    /// <summary>The real one has 502, which needs rights.</summary>
    public IPEndPoint? Modbus { get; init; } = new(IPAddress.Loopback, 5020);
}
