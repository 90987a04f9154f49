using IndustrieFutur.Edge.Simulators.Cell;
using IndustrieFutur.Edge.Simulators.Lines;
using IndustrieFutur.Edge.Simulators.OpcUa;
using IndustrieFutur.Edge.Simulators.Plc;

namespace IndustrieFutur.Edge.Simulators.Scenarios;

/// <summary>All that a scenario can make happen in the cell, in the words of its file, and what the simulated devices do for it.</summary>
internal static class CellFaults
{
    /// <summary>The edge's broker is none of the cell's devices: whoever runs an edge beside it cuts it, told by the timeline.</summary>
    public const string Broker = "broker";

    /// <summary>The cobot's OPC UA server, which has a name of its own in the journal; a cell can be without it.</summary>
    public const string OpcUa = "cobot-opcua";

    private const string AlarmKey = "code";

    private static readonly FaultSetting PerMinute = new("perMinute", -10_000, 10_000);
    private static readonly FaultSetting Factor = new("factor", 0, 10_000);
    private static readonly FaultSetting OneIn = new("oneIn", 1, 1_000);

    public static IReadOnlyList<FaultKind> All { get; } =
    [
        .. OfCobot(), .. OfCobotStream(), .. OfCobotPendant(), .. OfCobotOpcUa(), .. OfPlc(), .. OfPlcPanel(), .. OfGripper(), .. OfDriver(), .. OfScale(), .. OfScanner(),
        .. OfLines("plc", cell => cell.PlcLines), .. OfLines("gripper", cell => cell.GripperLines), .. OfLines("driver", cell => cell.TorqueLines),
        .. OfLines("scale", cell => cell.ScaleLines), .. OfLines("scanner", cell => cell.ScannerLines),
        Lasting(Broker, "cut", (_, _) => { }, _ => { }),
    ];

    private static IEnumerable<FaultKind> OfCobot() =>
    [
        Lasting("cobot", "frozen-value", (cell, _) => cell.Cobot.Faults.IsFrozen = true, cell => cell.Cobot.Faults.IsFrozen = false),
        Lasting("cobot", "drift", (cell, how) => cell.Cobot.Faults.TemperatureDriftPerMinute = how.Number, cell => cell.Cobot.Faults.TemperatureDriftPerMinute = 0, PerMinute),
        Lasting("cobot", "noise", (cell, how) => cell.Cobot.Faults.NoiseFactor = how.Number, cell => cell.Cobot.Faults.NoiseFactor = 1, Factor),
        Once("cobot", "protective-stop", (cell, _) => cell.Cobot.Surroundings.TriggerProtectiveStop("a joint needed more force than expected")),
        Once("cobot", "safety-fault", (cell, _) => cell.Cobot.Surroundings.TriggerFault()),
        Lasting("cobot", "guard-open", (cell, _) => cell.Cobot.Surroundings.SetSafeguard(isOpen: true), cell => cell.Cobot.Surroundings.SetSafeguard(isOpen: false)),
        Lasting("cobot", "emergency-stop", (cell, _) => cell.Cobot.Pendant.PressEmergencyStop(), cell => cell.Cobot.Pendant.ReleaseEmergencyStop()),
        Lasting("cobot", "no-parts", (cell, _) => cell.Cobot.Surroundings.SetPartsCome(doCome: false), cell => cell.Cobot.Surroundings.SetPartsCome(doCome: true)),
    ];

    private static IEnumerable<FaultKind> OfCobotStream() =>
    [
        Lasting("cobot", "cable-out", (cell, _) => SetCobotCable(cell, isOut: true), cell => SetCobotCable(cell, isOut: false))
            with { Hold = DropStreams },
        Once("cobot", "lost-packages", (cell, how) => cell.Rtde.LosePackages((int)how.Number), new FaultSetting("count", 1, 100_000)),
        Once("cobot", "stalled-stream", (cell, how) => cell.Rtde.Stall((int)how.Number), new FaultSetting("ticks", 1, 100_000)),
        Once("cobot", "clock-jump", (cell, _) => cell.Rtde.ResetTimestamp()),
        Lasting("cobot", "split-packages", (cell, _) => cell.Rtde.SplitsPackets = true, cell => cell.Rtde.SplitsPackets = false),
    ];

    private static IEnumerable<FaultKind> OfCobotPendant() =>
    [
        Done("cobot", "acknowledge", cell => cell.Cobot.Pendant.Acknowledge()),
        Done("cobot", "restart-safety", cell => cell.Cobot.Pendant.RestartSafety()),
        Done("cobot", "power-on", cell => cell.Cobot.Pendant.PowerOn()),
        Done("cobot", "release-brakes", cell => cell.Cobot.Pendant.ReleaseBrakes()),
        Done("cobot", "play", cell => cell.Cobot.Pendant.Play()),
        Done("cobot", "pause", cell => cell.Cobot.Pendant.Pause()),
        Done("cobot", "stop", cell => cell.Cobot.Pendant.Stop()),
    ];

    private static IEnumerable<FaultKind> OfCobotOpcUa() =>
    [
        Lasting(OpcUa, "cable-out", (cell, _) => SetCut(cell.CobotOpcUa, isCut: true), cell => SetCut(cell.CobotOpcUa, isCut: false)),
        Once(OpcUa, "restart", (cell, how) => cell.CobotOpcUa?.Restart(new UaRestart { Away = TimeSpan.FromSeconds(how.Number) }), new FaultSetting("awaySeconds", 0.01, 600)),
        Once(OpcUa, "shifted-namespaces", (cell, how) => cell.CobotOpcUa?.Restart(new UaRestart { ShiftNamespaces = (int)how.Number }), new FaultSetting("by", 1, 100)),
        Lasting(
            OpcUa, "expired-certificate", (cell, _) => cell.CobotOpcUa?.Restart(new UaRestart { IsCertificateExpired = true }), cell => cell.CobotOpcUa?.Restart(new UaRestart())),
        Once(OpcUa, "clock-jump", (cell, how) => cell.CobotOpcUa?.JumpClock(TimeSpan.FromSeconds(how.Number)), new FaultSetting("seconds", -1e9, 1e9)),
    ];

    private static IEnumerable<FaultKind> OfPlc() =>
    [
        Lasting("plc", "frozen-value", (cell, _) => cell.Plc.Faults.IsFrozen = true, cell => cell.Plc.Faults.IsFrozen = false),
        Lasting("plc", "drift", (cell, how) => cell.Plc.Faults.TemperatureDriftPerMinute = how.Number, cell => cell.Plc.Faults.TemperatureDriftPerMinute = 0, PerMinute),
        Lasting("plc", "noise", (cell, how) => cell.Plc.Faults.NoiseFactor = how.Number, cell => cell.Plc.Faults.NoiseFactor = 1, Factor),
        Lasting("plc", "stopped-heartbeat", (cell, _) => cell.Plc.Faults.StopsHeartbeat = true, cell => cell.Plc.Faults.StopsHeartbeat = false),
        Lasting("plc", "guard-open", (cell, _) => cell.Plc.OpenGuard(), cell => cell.Plc.CloseGuard()),
        Lasting("plc", "emergency-stop", (cell, _) => cell.Plc.PressEmergencyStop(), cell => cell.Plc.ReleaseEmergencyStop()),
        Lasting("plc", "no-parts", (cell, _) => cell.Plc.IsStarved = true, cell => cell.Plc.IsStarved = false),
        Once("plc", "jam", (cell, how) => cell.Plc.Jam(how.Number), new FaultSetting("seconds", 0.01, 3_600)),
        Once("plc", "counters-set", (cell, how) => cell.Plc.SetCounters((uint)how.Number), new FaultSetting("good", 0, uint.MaxValue)),
    ];

    private static IEnumerable<FaultKind> OfPlcPanel() =>
    [
        Told("start", PackMlCommand.Start), Told("stop", PackMlCommand.Stop), Told("reset", PackMlCommand.Reset), Told("clear", PackMlCommand.Clear),
        Told("hold", PackMlCommand.Hold), Told("unhold", PackMlCommand.Unhold),
    ];

    private static IEnumerable<FaultKind> OfGripper() =>
    [
        Lasting("gripper", "frozen-value", (cell, _) => cell.Gripper.IsFrozen = true, cell => cell.Gripper.IsFrozen = false),
        Once("gripper", "slipping-part", (cell, _) => cell.Gripper.LosePart()),
        Once("gripper", "missed-part", (cell, _) => cell.Gripper.MissesNext = true),
        Once("gripper", "overcurrent", (cell, _) => cell.Gripper.Break()),
    ];

    private static IEnumerable<FaultKind> OfDriver() =>
    [
        Once("driver", "bad-screw", (cell, _) => cell.Torque.NextIsNok = true),
        Lasting("driver", "alarm", (cell, how) => cell.Torque.RaiseAlarm(how.Text), (cell, how) => cell.Torque.AcknowledgeAlarm(how.Text), FaultSetting.OfText(AlarmKey, 4)),
    ];

    private static IEnumerable<FaultKind> OfScale() =>
    [
        Lasting("scale", "frozen-value", (cell, _) => cell.Scale.IsFrozen = true, cell => cell.Scale.IsFrozen = false),
        Lasting("scale", "drift", (cell, how) => cell.Scale.DriftGramsPerMinute = how.Number, cell => cell.Scale.DriftGramsPerMinute = 0, PerMinute),
        Lasting("scale", "noise", (cell, how) => cell.Scale.NoiseFactor = how.Number, cell => cell.Scale.NoiseFactor = 1, Factor),
        Lasting("scale", "error-answers", (cell, _) => cell.Scale.AnswersByError = true, cell => cell.Scale.AnswersByError = false),
        Once("scale", "load", (cell, how) => cell.Scale.Load(how.Number), new FaultSetting("grams", 0, 100_000)),
    ];

    private static IEnumerable<FaultKind> OfScanner() =>
    [
        Once("scanner", "foreign-code", (cell, how) => cell.Scanner.Scan(how.Text), FaultSetting.OfText(AlarmKey, 64)),
    ];

    /// <summary>What can happen on any device's line, serial or TCP.</summary>
    private static IEnumerable<FaultKind> OfLines(string device, Func<CellSimulator, DeviceLines> lines) =>
    [
        Lasting(device, "cable-out", (cell, _) => lines(cell).Faults.IsCableOut = true, cell => lines(cell).Faults.IsCableOut = false),
        Lasting(device, "crc-errors", (cell, how) => lines(cell).Faults.CorruptOneIn = (int)how.Number, cell => lines(cell).Faults.CorruptOneIn = 0, OneIn),
        Lasting(device, "cut-messages", (cell, how) => lines(cell).Faults.CutOneIn = (int)how.Number, cell => lines(cell).Faults.CutOneIn = 0, OneIn),
        Lasting(device, "line-noise", (cell, how) => lines(cell).Faults.NoiseBytes = (int)how.Number, cell => lines(cell).Faults.NoiseBytes = 0, new FaultSetting("bytes", 1, 256)),
        Lasting(
            device, "slow-answers", (cell, how) => lines(cell).Faults.Delay = TimeSpan.FromMilliseconds(how.Number), cell => lines(cell).Faults.Delay = TimeSpan.Zero,
            new FaultSetting("lateMillis", 1, 10_000)),
    ];

    private static void SetCut(SimulatedUaServer? server, bool isCut)
    {
        if (server is not null)
        {
            server.IsCut = isCut;
        }
    }

    /// <summary>Whoever comes in while the cable is out is hung up on in the same tick.</summary>
    private static void DropStreams(CellSimulator cell)
    {
        if (cell.Rtde.Clients > 0)
        {
            cell.Rtde.DropClients();
        }
    }

    private static void SetCobotCable(CellSimulator cell, bool isOut)
    {
        cell.CobotModbusLines.Faults.IsCableOut = isOut;
        cell.Dashboard.IsCut = isOut;
    }

    private static FaultKind Once(string device, string name, Action<CellSimulator, ScenarioEvent> begin, FaultSetting? setting = null) =>
        new(device, name) { Begin = begin, Setting = setting };

    private static FaultKind Lasting(string device, string name, Action<CellSimulator, ScenarioEvent> begin, Action<CellSimulator> end, FaultSetting? setting = null) =>
        Lasting(device, name, begin, (cell, _) => end(cell), setting);

    private static FaultKind Lasting(
        string device, string name, Action<CellSimulator, ScenarioEvent> begin, Action<CellSimulator, ScenarioEvent> end, FaultSetting? setting = null) =>
        new(device, name) { Begin = begin, End = end, Setting = setting };

    private static FaultKind Done(string device, string name, Func<CellSimulator, string?> act) => new(device, name) { Act = act };

    private static FaultKind Told(string name, PackMlCommand command) =>
        Done("plc", name, cell => cell.Plc.TryTell(command) ? null : $"the state {cell.Plc.State.State} does not allow {command}");
}
