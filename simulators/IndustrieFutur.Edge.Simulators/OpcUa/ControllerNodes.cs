using System.Xml;
using IndustrieFutur.Edge.OpcUa.Server.Space;
using IndustrieFutur.Edge.OpcUa.Types;
using IndustrieFutur.Edge.Simulators.Cell;
using IndustrieFutur.Edge.Simulators.Cobot;

namespace IndustrieFutur.Edge.Simulators.OpcUa;

/// <summary>The arm's controller: who uses it, its software, the program that it has (OPC 40010-1, ControllerType and TaskControlType).</summary>
internal sealed class ControllerNodes
{
    private const uint ControllerType = 1003;
    private const uint SoftwareType = 15106;
    private const uint TaskControlType = 1011;

    /// <summary>ExecutionModeEnumeration: the program begins anew by itself.</summary>
    private const int Continuous = 1;

    private readonly LiveValue<string> _userLevel;
    private readonly LiveValue<string> _programName;
    private readonly LiveValue<bool> _programLoaded;
    private readonly LiveValue<double> _energy;
    private readonly LiveValue<long> _powerOnSeconds;

    public ControllerNodes(ModelBuilder builder, UaObject system, string serialNumber)
    {
        Node = builder.Instance(
            builder.At(system, "Controllers"), NodeSets.Robotics, ControllerType, "Controller1",
            "ComponentName", "ParameterSet/TotalPowerOnTime", "ParameterSet/TotalEnergyConsumption");
        builder.Nameplate(Node, "Simulated controller", "SIM-CONTROLLER", serialNumber);
        builder.FixText(Node, "ComponentName", "Controller");
        builder.Scale(builder.At(Node, "ParameterSet/TotalEnergyConsumption"), EngineeringUnit.Joule);
        AddSoftware(builder);
        TaskControl = AddTaskControl(builder);

        _userLevel = builder.Text(Node, "CurrentUser/Level");
        _energy = builder.Double(Node, "ParameterSet/TotalEnergyConsumption");
        _powerOnSeconds = new LiveValue<long>(
            builder.VariableAt(Node, "ParameterSet/TotalPowerOnTime"), static seconds => Variant.Of(XmlConvert.ToString(TimeSpan.FromSeconds(seconds))));
        _programName = builder.Text(TaskControl, "ParameterSet/TaskProgramName");
        _programLoaded = builder.Boolean(TaskControl, "ParameterSet/TaskProgramLoaded");
    }

    public UaObject Node { get; }

    public UaObject TaskControl { get; }

    public void Show(in CobotState state, long utc)
    {
        _userLevel.Show(state.IsRemoteControl ? "Remote" : "Operator", utc);
        _programName.Show(state.LoadedProgram ?? "", utc);
        _programLoaded.Show(state.LoadedProgram is not null, utc);
        _energy.Show(state.ActualRobotEnergyConsumed, utc);
        _powerOnSeconds.Show(state.Tick / SimulatedTime.TicksPerSecond, utc);
    }

    private void AddSoftware(ModelBuilder builder)
    {
        var software = builder.Instance(builder.At(Node, "Software"), NodeSets.Di, SoftwareType, "Firmware");
        builder.FixText(software, "Manufacturer", ModelBuilder.MakerName);
        builder.FixText(software, "Model", "Simulated controller software");
        builder.Fix(software, "SoftwareRevision", Variant.Of(CobotIdentity.Version));
    }

    private UaObject AddTaskControl(ModelBuilder builder)
    {
        var task = builder.Instance(builder.At(Node, "TaskControls"), NodeSets.Robotics, TaskControlType, "TaskControl1", "ParameterSet/ExecutionMode");
        builder.FixText(task, "ComponentName", "Task control");
        builder.Fix(task, "ParameterSet/ExecutionMode", Variant.Of(Continuous));
        return task;
    }
}
