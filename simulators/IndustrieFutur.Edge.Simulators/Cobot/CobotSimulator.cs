using System.Net;
using IndustrieFutur.Edge.Protocols.Links;
using IndustrieFutur.Edge.Simulators.Cell;
using IndustrieFutur.Edge.Simulators.OpcUa;
using IndustrieFutur.Edge.Simulators.Rtde;

namespace IndustrieFutur.Edge.Simulators.Cobot;

/// <summary>The cobot, alive and alone: a clock of its own, and its servers on it. After a protective stop by chance somebody comes and looks after it.</summary>
public sealed class CobotSimulator : IDisposable
{
    /// <summary>What clients ask for that know no better; 255 is answered too.</summary>
    private const byte ModbusUnit = 1;

    private readonly List<IDisposable> _servers = [];
    private readonly List<string> _places = [];

    private CobotSimulator(CobotSimulatorSettings settings)
    {
        Clock = new SimulationClock(settings.Speed);
        Arm = new CobotArm(settings.Arm, Journal);
    }

    public CobotArm Arm { get; }

    public Journal Journal { get; } = new();

    /// <summary>Null when it does not speak OPC UA.</summary>
    public SimulatedUaServer? OpcUa { get; private set; }

    /// <summary>Null when it does not speak RTDE.</summary>
    public RtdeServer? Rtde { get; private set; }

    /// <summary>Null when it has no dashboard.</summary>
    public CobotDashboard? Dashboard { get; private set; }

    /// <summary>Where it can be reached, one sentence each.</summary>
    public IReadOnlyList<string> Places => _places;

    internal SimulationClock Clock { get; }

    /// <summary>Opens everything and starts. Throws <see cref="LinkBrokenException"/> in plain words when something cannot be opened.</summary>
    public static CobotSimulator Start(CobotSimulatorSettings settings)
    {
        ArgumentNullException.ThrowIfNull(settings);
        var simulator = new CobotSimulator(settings);
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

    public void Dispose()
    {
        Clock.Dispose();
        _servers.ForEach(static server => server.Dispose());
    }

    /// <summary>The servers tick behind the arm: they show the moment that has just passed.</summary>
    private void Open(CobotSimulatorSettings settings)
    {
        Clock.Add(Arm);
        Clock.Add(new CobotAttendant(Arm, Journal));
        if (settings.OpcUa is { } opcUa)
        {
            OpcUa = Keep(new SimulatedUaServer(Arm, opcUa));
            Clock.Add(OpcUa);
            _places.AddRange(OpcUa.Places);
        }

        if (settings.Rtde is { } rtde)
        {
            Rtde = Keep(new RtdeServer(Arm, rtde));
            Clock.Add(Rtde);
            Say("RTDE", Rtde.EndPoint);
        }

        if (settings.Dashboard is { } dashboard)
        {
            Dashboard = Keep(new CobotDashboard(Arm, dashboard));
            Say("dashboard", Dashboard.EndPoint);
        }

        if (settings.Modbus is { } modbus)
        {
            Say("Modbus TCP", Keep(new ModbusTcpListener(new CobotRegisters(Arm), ModbusUnit, modbus)).EndPoint);
        }
    }

    private T Keep<T>(T server)
        where T : IDisposable
    {
        _servers.Add(server);
        return server;
    }

    private void Say(string protocol, IPEndPoint endPoint) => _places.Add($"{protocol}, on TCP {endPoint}");
}
