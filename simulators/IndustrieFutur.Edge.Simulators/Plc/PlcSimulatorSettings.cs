using System.Net;
using IndustrieFutur.Edge.Simulators.OpcUa;

namespace IndustrieFutur.Edge.Simulators.Plc;

/// <summary>Where the simulated PLC is to be found, and which of its possible days it lives.</summary>
public sealed record PlcSimulatorSettings
{
    /// <summary>The same seed gives the same day.</summary>
    public int Seed { get; init; } = 1;

    public byte Unit { get; init; } = 1;

    /// <summary>A pseudo-terminal is opened, for clients on this machine (Linux).</summary>
    public bool Pty { get; init; }

    /// <summary>A symbolic link to the pseudo-terminal, for a name that lasts. Implies <see cref="Pty"/>.</summary>
    public string? PtyLink { get; init; }

    /// <summary>A real serial port to be a slave on.</summary>
    public string? SerialPort { get; init; }

    /// <summary>How that port is set.</summary>
    public string SerialSettings { get; init; } = "19200 8E1";

    /// <summary>Where to listen for Modbus TCP; port 0 takes any that is free.</summary>
    public IPEndPoint? Tcp { get; init; }

    /// <summary>Where it serves OPC UA; null: not at all.</summary>
    public UaDeviceSettings? OpcUa { get; init; }
}
