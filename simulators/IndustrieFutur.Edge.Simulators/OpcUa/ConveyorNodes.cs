using IndustrieFutur.Edge.OpcUa.Server.Space;
using IndustrieFutur.Edge.OpcUa.Types;
using IndustrieFutur.Edge.Simulators.Plc;

namespace IndustrieFutur.Edge.Simulators.OpcUa;

/// <summary>What the PLC measures and counts, in variables of its maker's own: the same that its Modbus map has.</summary>
internal sealed class ConveyorNodes
{
    private const double TemperatureMax = 150;
    private const double AmperesMax = 10;

    private readonly ModelBuilder _builder;
    private readonly UaObject _process;
    private readonly LiveValue<bool> _running;
    private readonly LiveValue<bool> _partAtEntry;
    private readonly LiveValue<bool> _partAtExit;
    private readonly LiveValue<bool> _guardClosed;
    private readonly LiveValue<bool> _chainClosed;
    private readonly LiveValue<double> _speed;
    private readonly LiveValue<double> _setpoint;
    private readonly LiveValue<double> _current;
    private readonly LiveValue<double> _temperature;
    private readonly LiveValue<uint> _total;
    private readonly LiveValue<uint> _good;
    private readonly LiveValue<uint> _rejected;
    private readonly LiveValue<ushort> _fault;
    private readonly LiveValue<ushort> _light;
    private readonly LiveValue<ushort> _heartbeat;

    public ConveyorNodes(ModelBuilder builder, UaObject conveyor)
    {
        _builder = builder;
        _process = builder.Instance(conveyor, NodeIds.HasComponent, builder.Name("Process"), new NodeId(0, NodeIds.BaseObjectType));
        _running = Flag("Running");
        _partAtEntry = Flag("PartAtEntry");
        _partAtExit = Flag("PartAtExit");
        _guardClosed = Flag("GuardClosed");
        _chainClosed = Flag("EmergencyStopChainClosed");
        _speed = Measured("Speed", EngineeringUnit.MillimetrePerSecond, 0, ConveyorPlc.SpeedMax);
        _setpoint = Measured("SpeedSetpoint", EngineeringUnit.MillimetrePerSecond, 0, ConveyorPlc.SpeedMax);
        _current = Measured("MotorCurrent", EngineeringUnit.Ampere, 0, AmperesMax);
        _temperature = Measured("MotorTemperature", EngineeringUnit.DegreeCelsius, 0, TemperatureMax);
        _total = Count("Total");
        _good = Count("Good");
        _rejected = Count("Rejected");
        _fault = Word("FaultCode");
        _light = Word("StackLight");
        _heartbeat = Word("Heartbeat");
    }

    public void Show(in ConveyorPlcState state, long utc)
    {
        _running.Show(state.IsRunning, utc);
        _partAtEntry.Show(state.IsPartAtEntry, utc);
        _partAtExit.Show(state.IsPartAtExit, utc);
        _guardClosed.Show(state.IsGuardClosed, utc);
        _chainClosed.Show(state.IsEmergencyStopChainClosed, utc);
        _speed.Show(state.SpeedMillimetresPerSecond, utc);
        _setpoint.Show(state.SpeedSetpointMillimetresPerSecond, utc);
        _current.Show(state.MotorAmperes, utc);
        _temperature.Show(state.MotorDegrees, utc);
        _total.Show(state.Total, utc);
        _good.Show(state.Good, utc);
        _rejected.Show(state.Rejected, utc);
        _fault.Show(state.FaultCode, utc);
        _light.Show(state.StackLight, utc);
        _heartbeat.Show(state.Heartbeat, utc);
    }

    private LiveValue<bool> Flag(string name) => new(_builder.Variable(_process, name, NodeIds.BooleanDataType), Variant.Of);

    private LiveValue<uint> Count(string name) => new(_builder.Variable(_process, name, NodeIds.UInt32DataType), Variant.Of);

    private LiveValue<ushort> Word(string name) => new(_builder.Variable(_process, name, NodeIds.UInt16DataType), Variant.Of);

    private LiveValue<double> Measured(string name, EngineeringUnit unit, double low, double high) =>
        new(_builder.Measured(_process, name, unit, low, high), Variant.Of);
}
