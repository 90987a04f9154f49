using IndustrieFutur.Edge.OpcUa.Server.Space;
using IndustrieFutur.Edge.OpcUa.Types;
using IndustrieFutur.Edge.Simulators.Plc;

namespace IndustrieFutur.Edge.Simulators.OpcUa;

/// <summary>PackML's three state machines, one within the other, its status and its counts (OPC 30050, 6).</summary>
internal sealed class PackMlNodes
{
    private const uint PackMlCountDataType = 14;
    private const double SpeedMax = ConveyorPlc.SpeedMax;

    private readonly ModelBuilder _builder;
    private readonly StateMachineNodes _base;
    private readonly StateMachineNodes _machine;
    private readonly StateMachineNodes _execute;
    private readonly LiveValue<int> _mode;
    private readonly LiveValue<float> _setpoint;
    private readonly LiveValue<float> _speed;
    private readonly LiveValue<bool> _starved;
    private readonly LiveValue<uint> _processed;
    private readonly LiveValue<uint> _defective;

    public PackMlNodes(ModelBuilder builder, UaObject conveyor)
    {
        _builder = builder;
        _base = new StateMachineNodes(builder, (UaObject)builder.At(conveyor, "BaseStateMachine"));
        _machine = new StateMachineNodes(builder, (UaObject)builder.At(conveyor, "BaseStateMachine/MachineState"));
        _execute = new StateMachineNodes(builder, (UaObject)builder.At(conveyor, "BaseStateMachine/MachineState/ExecuteState"));
        _mode = builder.Whole(conveyor, "Status/UnitModeCurrent");
        _setpoint = Float(conveyor, "Status/MachSpeed");
        _speed = Float(conveyor, "Status/CurMachSpeed");
        _starved = builder.Boolean(conveyor, "Status/EquipmentStarved");
        _processed = Count(conveyor, "Admin/ProdProcessedCount", "Parts at the end of the conveyor");
        _defective = Count(conveyor, "Admin/ProdDefectiveCount", "Parts rejected");
        builder.Fix(conveyor, "Status/EquipmentBlocked", Variant.Of(false));
        builder.Fix(conveyor, "Admin/MachDesignSpeed", Variant.Of((float)SpeedMax));
    }

    public void Show(in ConveyorPlcState state, bool isStarved, long utc)
    {
        ShowState(state.State, utc);
        _mode.Show((int)state.Mode, utc);
        _setpoint.Show((float)state.SpeedSetpointMillimetresPerSecond, utc);
        _speed.Show((float)state.SpeedMillimetresPerSecond, utc);
        _starved.Show(isStarved, utc);
        _processed.Show(state.Total, utc);
        _defective.Show(state.Rejected, utc);
    }

    /// <summary>Cleared holds all but aborting, Running all but stopping and clearing.</summary>
    private void ShowState(PackMlState state, long utc)
    {
        var isCleared = state is not (PackMlState.Aborting or PackMlState.Aborted);
        var isRunning = isCleared && state is not (PackMlState.Stopping or PackMlState.Stopped or PackMlState.Clearing);
        var name = state.ToString();
        _base.Show(isCleared ? "Cleared" : name, utc);
        _machine.Show(isRunning ? "Running" : isCleared ? name : null, utc);
        _execute.Show(isRunning ? name : null, utc);
    }

    private LiveValue<float> Float(UaObject conveyor, string path)
    {
        _builder.Scale(_builder.At(conveyor, path), EngineeringUnit.MillimetrePerSecond, 0, SpeedMax);
        return new LiveValue<float>(_builder.VariableAt(conveyor, path), Variant.Of);
    }

    /// <summary>An array of one count, by the structure of PackML: id, name, unit, count since the reset, count ever. Counts are Int32 there; ours is a UInt32 and wraps into it.</summary>
    private LiveValue<uint> Count(UaObject conveyor, string path, string name)
    {
        var type = _builder.Id(NodeSets.PackMl, PackMlCountDataType);
        return new LiveValue<uint>(_builder.VariableAt(conveyor, path), count => Variant.OfArray(BuiltInType.ExtensionObject, new[]
        {
            _builder.Structure(type, body => WriteCount(body, name, unchecked((int)count))),
        }));
    }

    private static void WriteCount(MessageBuffer body, string name, int count)
    {
        var writer = new UaWriter(body);
        writer.WriteInt32(1);
        writer.WriteString(name);
        EngineeringUnit.Piece.Write(ref writer);
        writer.WriteInt32(count);
        writer.WriteInt32(count);
    }
}
