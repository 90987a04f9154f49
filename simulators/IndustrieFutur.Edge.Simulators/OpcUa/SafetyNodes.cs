using IndustrieFutur.Edge.OpcUa.Server.Space;
using IndustrieFutur.Edge.OpcUa.Server.Subscriptions.Events;
using IndustrieFutur.Edge.OpcUa.Types;
using IndustrieFutur.Edge.Simulators.Cobot;

namespace IndustrieFutur.Edge.Simulators.OpcUa;

/// <summary>
/// The safety state of the arm as it can be observed (OPC 40010-1, SafetyStateType), and its stops as alarms (OPC UA Part 9). Acknowledging
/// an alarm over OPC UA acknowledges the alarm; the stop itself waits for somebody at the pendant.
/// </summary>
internal sealed class SafetyNodes
{
    private const uint SafetyStateType = 1013;
    private const uint EmergencyStopFunctionType = 17230;
    private const uint ProtectiveStopFunctionType = 17233;
    private const ushort EmergencySeverity = 900;
    private const ushort ProtectiveSeverity = 700;
    private const string Functions = "EmergencyStopFunctions";
    private const string ProtectiveFunctions = "ProtectiveStopFunctions";

    private readonly LiveValue<int> _mode;
    private readonly LiveValue<bool> _emergencyStop;
    private readonly LiveValue<bool> _protectiveStop;
    private readonly LiveValue<bool> _pendantStop;
    private readonly LiveValue<bool> _cellStop;
    private readonly LiveValue<bool> _contact;
    private readonly LiveValue<bool> _safeguard;
    private readonly LiveValue<bool> _enabling;
    private readonly LiveValue<bool> _isEnablingUsed;
    private readonly AlarmCondition _emergencyAlarm;
    private readonly AlarmCondition _protectiveAlarm;

    public SafetyNodes(ModelBuilder builder, UaObject system, EventNotifiers events)
    {
        Node = builder.Instance(builder.At(system, "SafetyStates"), NodeSets.Robotics, SafetyStateType, "SafetyState1", Functions, ProtectiveFunctions);
        builder.ShowEvents(system, Node);
        _mode = builder.Whole(Node, "ParameterSet/OperationalMode");
        _emergencyStop = builder.Boolean(Node, "ParameterSet/EmergencyStop");
        _protectiveStop = builder.Boolean(Node, "ParameterSet/ProtectiveStop");

        _pendantStop = EmergencyFunction(builder, "PendantButton", "Emergency-stop button at the pendant");
        _cellStop = EmergencyFunction(builder, "CellChain", "Emergency-stop chain of the cell");
        _contact = builder.Boolean(ProtectiveFunction(builder, "Contact", "Contact, found by the arm itself"), "Active");
        _safeguard = builder.Boolean(ProtectiveFunction(builder, "Safeguard", "Door or scanner of the cell"), "Active");
        var enabling = ProtectiveFunction(builder, "Enabling", "Enabling device in manual mode");
        _enabling = builder.Boolean(enabling, "Active");
        _isEnablingUsed = builder.Boolean(enabling, "Enabled");

        _emergencyAlarm = new AlarmCondition(events, Node, builder.Name("EmergencyStopAlarm"), EmergencySeverity);
        _protectiveAlarm = new AlarmCondition(events, Node, builder.Name("ProtectiveStopAlarm"), ProtectiveSeverity);
    }

    public UaObject Node { get; }

    public void Show(in CobotState state, long utc)
    {
        var bits = state.SafetyStatusBits;
        var isManual = state.OperationalMode is OperationalMode.ManualReducedSpeed or OperationalMode.ManualHighSpeed;
        var isEnablingMissing = isManual && !bits.HasFlag(SafetyStatus.ThreePositionEnabling);
        var isSafeguardOpen = bits.HasFlag(SafetyStatus.SafeguardStopped) && (!isEnablingMissing || state.SafetyMode == SafetyMode.SafeguardStop);
        var isEmergency = bits.HasFlag(SafetyStatus.EmergencyStopped);
        var isProtective = (bits & (SafetyStatus.ProtectiveStopped | SafetyStatus.SafeguardStopped)) != 0;

        _mode.Show((int)state.OperationalMode, utc);
        _emergencyStop.Show(isEmergency, utc);
        _protectiveStop.Show(isProtective, utc);
        _pendantStop.Show(bits.HasFlag(SafetyStatus.RobotEmergencyStopped), utc);
        _cellStop.Show(bits.HasFlag(SafetyStatus.SystemEmergencyStopped), utc);
        _contact.Show(bits.HasFlag(SafetyStatus.ProtectiveStopped), utc);
        _safeguard.Show(isSafeguardOpen, utc);
        _isEnablingUsed.Show(isManual, utc);
        _enabling.Show(isEnablingMissing, utc);
        Tell(_emergencyAlarm, isEmergency, EmergencySeverity, "Emergency stop", "Emergency stop released");
        Tell(_protectiveAlarm, isProtective, ProtectiveSeverity, "Protective stop", "Protective stop released");
    }

    private static void Tell(AlarmCondition alarm, bool isActive, ushort severity, string coming, string going)
    {
        if (alarm.IsActive != isActive)
        {
            alarm.Set(isActive, severity, isActive ? coming : going);
        }
    }

    private LiveValue<bool> EmergencyFunction(ModelBuilder builder, string name, string what)
    {
        var function = builder.Instance(builder.At(Node, Functions), NodeSets.Robotics, EmergencyStopFunctionType, name);
        builder.Fix(function, "Name", Variant.Of(what));
        return builder.Boolean(function, "Active");
    }

    /// <summary>Enabled, until something else is shown.</summary>
    private UaObject ProtectiveFunction(ModelBuilder builder, string name, string what)
    {
        var function = builder.Instance(builder.At(Node, ProtectiveFunctions), NodeSets.Robotics, ProtectiveStopFunctionType, name);
        builder.Fix(function, "Name", Variant.Of(what));
        builder.Fix(function, "Enabled", Variant.Of(true));
        return function;
    }
}
