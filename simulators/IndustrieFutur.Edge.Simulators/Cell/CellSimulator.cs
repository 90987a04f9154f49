using System.Net;
using IndustrieFutur.Edge.Protocols.Links;
using IndustrieFutur.Edge.Simulators.Cobot;
using IndustrieFutur.Edge.Simulators.Gripper;
using IndustrieFutur.Edge.Simulators.Lines;
using IndustrieFutur.Edge.Simulators.OpcUa;
using IndustrieFutur.Edge.Simulators.Plc;
using IndustrieFutur.Edge.Simulators.Rtde;
using IndustrieFutur.Edge.Simulators.Scale;
using IndustrieFutur.Edge.Simulators.Scanner;
using IndustrieFutur.Edge.Simulators.Torque;

namespace IndustrieFutur.Edge.Simulators.Cell;

/// <summary>
/// The whole simulated cell: a cobot that picks, weighs, screws and places, and the devices around it, on one clock, one seed and one journal,
/// each behind the protocol that it has in a real cell. Everything is open when it is made; time passes from <see cref="Start"/> on.
/// </summary>
public sealed class CellSimulator : IDisposable
{
    private const byte UsualUnit = 1;

    private readonly List<IDisposable> _opened = [];
    private readonly List<string> _places = [];
    private readonly CellSettings _settings;

    /// <summary>Throws <see cref="LinkBrokenException"/> in plain words when something cannot be opened.</summary>
    /// <param name="settings">Where it is to be found, and which day it lives.</param>
    public CellSimulator(CellSettings settings)
        : this(settings, null)
    {
    }

    /// <param name="settings">Where it is to be found, and which day it lives.</param>
    /// <param name="director">Makes the device that ticks before all others, such as a scenario; null: none.</param>
    internal CellSimulator(CellSettings settings, Func<CellSimulator, ISimulatedDevice>? director)
    {
        ArgumentNullException.ThrowIfNull(settings);
        _settings = settings;
        Journal = new Journal(settings.JournalTarget);
        Clock = new SimulationClock(settings.Speed);
        Cobot = new CobotArm(
            new CobotSettings { Seed = settings.Seed, MinutesBetweenProtectiveStops = settings.MinutesBetweenProtectiveStops }, Journal);
        Plc = new ConveyorPlc(settings.Seed, journal: Journal);
        Gripper = new RobotiqGripper(settings.Seed, journal: Journal);
        Torque = new TorqueController(settings.Seed, journal: Journal) { RaisesAlarmOnNok = settings.HasBadScrew };
        Scale = new MettlerScale(settings.Seed, journal: Journal);
        Scanner = new CodeScanner(settings.Seed, journal: Journal);
        CobotModbusLines = new DeviceLines(ModbusLines.Of(new CobotRegisters(Cobot), UsualUnit));
        PlcLines = new DeviceLines(ModbusLines.Of(Plc, UsualUnit));
        GripperLines = new DeviceLines(ModbusLines.Of(Gripper, RobotiqGripper.UsualUnit));
        TorqueLines = new DeviceLines(Torque.Protocol);
        ScaleLines = new DeviceLines(Scale.Protocol);
        ScannerLines = new DeviceLines(Scanner.Protocol);
        try
        {
            (Rtde, Dashboard) = OpenCobot();
            CobotOpcUa = settings.CobotOpcUa is { } opcUa ? OpenOpcUa(opcUa) : null;
            OpenLines();
            Join(director?.Invoke(this));
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    /// <summary>What happened so far.</summary>
    public Journal Journal { get; }

    public CobotArm Cobot { get; }

    public ConveyorPlc Plc { get; }

    /// <summary>The cobot's RTDE server, and its faults.</summary>
    public RtdeServer Rtde { get; }

    /// <summary>The cobot's dashboard server, and its faults.</summary>
    public CobotDashboard Dashboard { get; }

    /// <summary>The cobot's OPC UA server, and its faults; null when it has none.</summary>
    public SimulatedUaServer? CobotOpcUa { get; }

    /// <summary>Where the cobot's Modbus server listens.</summary>
    public int CobotModbusPort => CobotModbusLines.TcpPort;

    /// <summary>Where the PLC listens for Modbus TCP.</summary>
    public int PlcModbusPort => PlcLines.TcpPort;

    /// <summary>Where the torque driver listens for Open Protocol.</summary>
    public int TorquePort => TorqueLines.TcpPort;

    /// <summary>The serial port at which the PLC is, Modbus RTU, unit 1; null without serial lines.</summary>
    public string? PlcPty => PlcLines.PtyPath;

    /// <summary>The serial port at which the gripper is, Modbus RTU, unit 9; null without serial lines.</summary>
    public string? GripperPty => GripperLines.PtyPath;

    /// <summary>The serial port at which the scale is, MT-SICS; null without serial lines.</summary>
    public string? ScalePty => ScaleLines.PtyPath;

    /// <summary>The serial port at which the scanner is, a line for each code; null without serial lines.</summary>
    public string? ScannerPty => ScannerLines.PtyPath;

    /// <summary>What its clock lost of the cell's time for good, because the machine did not let it run.</summary>
    public TimeSpan Slipped => Clock.Slipped;

    /// <summary>Where each device can be reached, a sentence each.</summary>
    public IReadOnlyList<string> Places => _places;

    internal SimulationClock Clock { get; }

    internal RobotiqGripper Gripper { get; }

    internal TorqueController Torque { get; }

    internal MettlerScale Scale { get; }

    internal CodeScanner Scanner { get; }

    internal DeviceLines CobotModbusLines { get; }

    internal DeviceLines PlcLines { get; }

    internal DeviceLines GripperLines { get; }

    internal DeviceLines TorqueLines { get; }

    internal DeviceLines ScaleLines { get; }

    internal DeviceLines ScannerLines { get; }

    /// <summary>Time passes at the wall's pace times the speed, until the cell is disposed or is over.</summary>
    /// <param name="lastTick">The last tick that passes; then time stands still and the servers go on answering.</param>
    public void Start(long lastTick = long.MaxValue) => Clock.Start(lastTick);

    /// <summary>Waits until the last tick has passed, or it is told to stop; false: neither came within that time.</summary>
    public bool WaitUntilOver(TimeSpan limit, CancellationToken stop) => WaitHandle.WaitAny([Clock.Over.WaitHandle, stop.WaitHandle], limit) != WaitHandle.WaitTimeout;

    public void Dispose()
    {
        // The clock's thread writes to whatever is open; then in reverse, as it was opened.
        Clock.Dispose();
        for (var i = _opened.Count - 1; i >= 0; i--)
        {
            _opened[i].Dispose();
        }

        _opened.Clear();
    }

    private (RtdeServer Rtde, CobotDashboard Dashboard) OpenCobot()
    {
        var rtde = Keep(new RtdeServer(Cobot, At(_settings.RtdePort)));
        var dashboard = Keep(new CobotDashboard(Cobot, At(_settings.DashboardPort)));
        _places.Add($"{Cobot.Id}: RTDE, on TCP {rtde.EndPoint}");
        _places.Add($"{Cobot.Id}: dashboard, on TCP {dashboard.EndPoint}");
        return (rtde, dashboard);
    }

    private SimulatedUaServer OpenOpcUa(UaDeviceSettings settings)
    {
        var server = Keep(new SimulatedUaServer(Cobot, settings));
        _places.Add($"{Cobot.Id}: {server.Places[0]}");
        _places.AddRange(server.Places.Skip(1));
        return server;
    }

    private void OpenLines()
    {
        if (_settings.PtyFolder is { } folder)
        {
            Directory.CreateDirectory(folder);
        }

        Open(Cobot, CobotModbusLines, _settings.CobotModbusPort, pty: false);
        Open(Plc, PlcLines, _settings.PlcModbusPort, pty: true);
        Open(Gripper, GripperLines, port: null, pty: true);
        Open(Torque, TorqueLines, _settings.TorquePort, pty: false);
        Open(Scale, ScaleLines, port: null, pty: true);
        Open(Scanner, ScannerLines, port: null, pty: true);
    }

    private void Open(ISimulatedDevice device, DeviceLines lines, int? port, bool pty)
    {
        Keep(lines);
        if (pty && _settings.PtyFolder is { } folder)
        {
            lines.OpenPty(Path.Combine(folder, device.Id + ".pty"));
        }

        if (port is { } number)
        {
            lines.OpenTcp(At(number));
        }

        _places.AddRange(lines.Places.Select(place => $"{device.Id}: {place}"));
    }

    /// <summary>The order is part of what a seed means: who tells others before whom it tells, who shows the arm last.</summary>
    private void Join(ISimulatedDevice? director)
    {
        var wiring = new CellWiring(Cobot) { Gripper = Gripper, Scale = Scale, Torque = Torque, Scanner = Scanner, Plc = Plc };
        var attendant = _settings.HasAttendant ? new CobotAttendant(Cobot, Journal) : null;
        var screws = _settings.HasBadScrew ? new TorqueAttendant(_settings.Seed, Torque) : null;
        ISimulatedDevice?[] devices = [director, Cobot, attendant, Plc, Gripper, wiring, Scale, Torque, screws, Scanner, Rtde, CobotOpcUa];
        foreach (var device in devices.OfType<ISimulatedDevice>())
        {
            Clock.Add(device);
        }
    }

    private IPEndPoint At(int port) => new(_settings.Address, port);

    private T Keep<T>(T part)
        where T : IDisposable
    {
        _opened.Add(part);
        return part;
    }
}
