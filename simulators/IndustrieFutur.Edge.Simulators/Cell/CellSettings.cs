using System.Net;
using IndustrieFutur.Edge.Simulators.OpcUa;

namespace IndustrieFutur.Edge.Simulators.Cell;

/// <summary>Where the simulated cell is to be found, and which of its possible days it lives.</summary>
public sealed record CellSettings
{
    /// <summary>The same seed gives the same day.</summary>
    public int Seed { get; init; } = 1;

    /// <summary>Times the wall's pace, 0.1 to 20.</summary>
    public double Speed { get; init; } = 1;

    /// <summary>The folder, made when it is not there, in which links to the pseudo-terminals are put: plc.pty, gripper.pty, scale.pty, scanner.pty. Null: no serial lines.</summary>
    public string? PtyFolder { get; init; }

    /// <summary>What the servers listen on. Nothing here knows who calls, so it is loopback unless somebody decides otherwise.</summary>
    public IPAddress Address { get; init; } = IPAddress.Loopback;

    /// <summary>0 takes any that is free, here and below; on a real cobot it is 30004.</summary>
    public int RtdePort { get; init; }

    /// <summary>On a real cobot 29999.</summary>
    public int DashboardPort { get; init; }

    /// <summary>On a real cobot 502.</summary>
    public int CobotModbusPort { get; init; }

    /// <summary>Where the cobot serves OPC UA, and whom it lets in; null: not at all.</summary>
    public UaDeviceSettings? CobotOpcUa { get; init; }

    /// <summary>On a real PLC 502.</summary>
    public int PlcModbusPort { get; init; }

    /// <summary>Open Protocol; by custom 4545.</summary>
    public int TorquePort { get; init; }

    /// <summary>A protective stop comes by chance once in so many minutes of motion; 0: never by chance.</summary>
    public double MinutesBetweenProtectiveStops { get; init; } = 20;

    /// <summary>Somebody comes after a protective stop, so that a demonstration goes on.</summary>
    public bool HasAttendant { get; init; } = true;

    /// <summary>One of the first screws is bad, the torque driver raises an alarm for it, and somebody acknowledges that at its panel: a demonstration shows this too.</summary>
    public bool HasBadScrew { get; init; }

    /// <summary>Where the journal's lines go as well; null: only kept. Whoever made it closes it.</summary>
    public TextWriter? JournalTarget { get; init; }
}
