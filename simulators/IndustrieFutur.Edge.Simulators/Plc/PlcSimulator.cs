using IndustrieFutur.Edge.Core.Pacing;
using IndustrieFutur.Edge.Protocols.Links;
using IndustrieFutur.Edge.Protocols.Serial;

namespace IndustrieFutur.Edge.Simulators.Plc;

/// <summary>
/// The conveyor's PLC, alive: its scan runs at the pace of a small PLC, and Modbus clients reach it over a pseudo-terminal, a serial
/// port or TCP, or all of them.
/// </summary>
public sealed class PlcSimulator : IDisposable
{
    private static readonly TimeSpan Scan = TimeSpan.FromSeconds(1.0 / ConveyorPlc.TicksPerSecond);

    private readonly List<IDisposable> _parts = [];
    private readonly List<string> _places = [];
    private readonly Thread _scanning;
    private volatile bool _stopping;

    private PlcSimulator(PlcSimulatorSettings settings)
    {
        Plc = new ConveyorPlc(settings.Seed);
        _scanning = new Thread(Run) { Name = "plc scan", IsBackground = true };
    }

    /// <summary>The device itself.</summary>
    public ConveyorPlc Plc { get; }

    /// <summary>The serial port that clients open when there is a pseudo-terminal; else null.</summary>
    public string? PtyPath { get; private set; }

    /// <summary>The port that Modbus TCP clients connect to; 0 when there is none.</summary>
    public int TcpPort { get; private set; }

    /// <summary>Where it can be reached, one sentence each.</summary>
    public IReadOnlyList<string> Places => _places;

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
            simulator.Close();
            throw;
        }

        simulator._scanning.Start();
        return simulator;
    }

    /// <summary>On a pseudo-terminal alone, under the name of a symbolic link.</summary>
    public static PlcSimulator OnPty(string link, byte unit, int seed) => Start(new PlcSimulatorSettings { PtyLink = link, Unit = unit, Seed = seed });

    public void Dispose()
    {
        _stopping = true;
        _scanning.Join();
        Close();
    }

    private void Open(PlcSimulatorSettings settings)
    {
        if (settings.Pty || settings.PtyLink is not null)
        {
            var pty = Keep(new PtyPair(settings.PtyLink));
            PtyPath = pty.SlavePath;
            Keep(new ModbusLineServer(Plc, settings.Unit, () => pty.Master));
            _places.Add($"Modbus RTU, unit {settings.Unit}, on {PtyPath}");
        }

        if (settings.SerialPort is { } port)
        {
            var line = Line(port, settings.SerialSettings);
            Keep(new ModbusLineServer(Plc, settings.Unit, () => SerialLinks.Open(line)));
            _places.Add($"Modbus RTU, unit {settings.Unit}, on {port} at {line}");
        }

        if (settings.Tcp is { } endPoint)
        {
            var listener = Keep(new ModbusTcpListener(Plc, settings.Unit, endPoint));
            TcpPort = listener.EndPoint.Port;
            _places.Add($"Modbus TCP, unit {settings.Unit}, on {listener.EndPoint}");
        }
    }

    private static SerialSettings Line(string port, string text) => SerialSettings.TryParse(text, out var line, out var error)
        ? line with { Port = port }
        : throw new LinkBrokenException($"{port}: {error}");

    private T Keep<T>(T part)
        where T : IDisposable
    {
        _parts.Add(part);
        return part;
    }

    private void Close()
    {
        // Inputs last: who uses a line goes before the line.
        for (var i = _parts.Count - 1; i >= 0; i--)
        {
            _parts[i].Dispose();
        }
    }

    private void Run()
    {
        var pacer = new Pacer(Scan);
        while (!_stopping)
        {
            pacer.WaitForNext();
            Plc.Tick();
        }
    }
}
