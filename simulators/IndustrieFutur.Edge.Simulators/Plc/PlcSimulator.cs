using IndustrieFutur.Edge.Protocols.Links;
using IndustrieFutur.Edge.Simulators.Cell;
using IndustrieFutur.Edge.Simulators.Lines;
using IndustrieFutur.Edge.Simulators.OpcUa;

namespace IndustrieFutur.Edge.Simulators.Plc;

/// <summary>
/// The conveyor's PLC, alive and alone: a clock of its own at the wall's pace, and Modbus clients reach it over a pseudo-terminal, a
/// serial port or TCP, OPC UA clients over TCP, or all of them.
/// </summary>
public sealed class PlcSimulator : IDisposable
{
    private readonly DeviceLines _lines;

    private PlcSimulator(PlcSimulatorSettings settings)
    {
        Plc = new ConveyorPlc(settings.Seed);
        _lines = new DeviceLines(ModbusLines.Of(Plc, settings.Unit));
        Clock.Add(Plc);
    }

    /// <summary>The device itself.</summary>
    public ConveyorPlc Plc { get; }

    /// <summary>The serial port that clients open when there is a pseudo-terminal; else null.</summary>
    public string? PtyPath => _lines.PtyPath;

    /// <summary>The port that Modbus TCP clients connect to; 0 when there is none.</summary>
    public int TcpPort => _lines.TcpPort;

    /// <summary>Where it can be reached, one sentence each.</summary>
    public IReadOnlyList<string> Places => [.. _lines.Places, .. OpcUa?.Places ?? []];

    /// <summary>Null when it does not speak OPC UA.</summary>
    public SimulatedUaServer? OpcUa { get; private set; }

    internal SimulationClock Clock { get; } = new();

    /// <summary>What is wrong with its lines.</summary>
    internal LineFaults Faults => _lines.Faults;

    /// <summary>Opens everything and starts. Throws <see cref="LinkBrokenException"/> in plain words when something cannot be opened.</summary>
    public static PlcSimulator Start(PlcSimulatorSettings settings)
    {
        ArgumentNullException.ThrowIfNull(settings);
        var simulator = new PlcSimulator(settings);
        try
        {
            simulator.Open(settings);
        }
        catch
        {
            simulator.Dispose();
            throw;
        }

        simulator.Clock.Start();
        return simulator;
    }

    /// <summary>On a pseudo-terminal alone, under the name of a symbolic link.</summary>
    public static PlcSimulator OnPty(string link, byte unit, int seed) => Start(new PlcSimulatorSettings { PtyLink = link, Unit = unit, Seed = seed });

    public void Dispose()
    {
        Clock.Dispose();
        OpcUa?.Dispose();
        _lines.Dispose();
    }

    private void Open(PlcSimulatorSettings settings)
    {
        if (settings.Pty || settings.PtyLink is not null)
        {
            _lines.OpenPty(settings.PtyLink);
        }

        if (settings.SerialPort is { } port)
        {
            _lines.OpenSerial(port, settings.SerialSettings);
        }

        if (settings.Tcp is { } endPoint)
        {
            _lines.OpenTcp(endPoint);
        }

        if (settings.OpcUa is { } opcUa)
        {
            OpcUa = new SimulatedUaServer(Plc, opcUa);
            Clock.Add(OpcUa);
        }
    }
}
