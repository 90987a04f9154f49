using IndustrieFutur.Edge.Simulators.Cobot;
using IndustrieFutur.Edge.Simulators.Gripper;
using IndustrieFutur.Edge.Simulators.Plc;
using IndustrieFutur.Edge.Simulators.Scale;
using IndustrieFutur.Edge.Simulators.Scanner;
using IndustrieFutur.Edge.Simulators.Torque;

namespace IndustrieFutur.Edge.Simulators.Cell;

/// <summary>
/// The wires of the cell: what the arm's program tells the devices around it by its phases, and what the gripper tells the arm. Ticks
/// after the gripper.
/// </summary>
internal sealed class CellWiring : ISimulatedDevice
{
    /// <summary>The fingers reach the usual part in a quarter of a second; whoever holds nothing after this has missed it.</summary>
    private const int TicksToGrip = SimulatedTime.TicksPerSecond * 2 / 5;

    private const double GramsPerKilogram = 1_000;

    private readonly CobotArm _arm;
    private long _gripsAtTick;
    private bool _grips;
    private bool _holds;
    private bool _isWeighing;

    public CellWiring(CobotArm arm)
    {
        _arm = arm;
        arm.PhaseChanged += Follow;
    }

    /// <inheritdoc/>
    public string Id => "cell";

    public required RobotiqGripper Gripper { get; init; }

    public required MettlerScale Scale { get; init; }

    public required TorqueController Torque { get; init; }

    public required CodeScanner Scanner { get; init; }

    public required ConveyorPlc Plc { get; init; }

    /// <inheritdoc/>
    public void Tick(in SimulatedTime now)
    {
        if (!_grips || now.Tick < _gripsAtTick)
        {
            return;
        }

        _holds = Gripper.Holds;
        if (!_holds)
        {
            // Missed, or slipped out on the way. The program does not know and goes on with an empty gripper.
            _grips = false;
            _arm.Surroundings.LosePart();
        }
    }

    private void Follow(SimulatedTime now, CobotPhase phase)
    {
        Unload(phase);
        switch (phase)
        {
            case CobotPhase.MovingToStart:
                Prepare();
                break;
            case CobotPhase.Gripping:
                Gripper.Command(GripperCommand.Grip);
                (_grips, _gripsAtTick) = (true, now.Tick + TicksToGrip);
                break;
            case CobotPhase.Weighing:
                Load();
                break;
            case CobotPhase.Tightening:
                Tighten();
                break;
            case CobotPhase.Returning:
                Place();
                break;
            default:
                break;
        }
    }

    /// <summary>A gripper that was just switched on learns its stroke, and is open then.</summary>
    private void Prepare()
    {
        (_grips, _holds) = (false, false);
        Gripper.Command(Gripper.IsActivated ? GripperCommand.Open : GripperCommand.Activate);
    }

    private void Load()
    {
        if (_holds)
        {
            _isWeighing = true;
            Scale.Load(_arm.PartKilograms * GramsPerKilogram);
        }
    }

    /// <summary>The part leaves the scale with the arm; where that stands still, it stays.</summary>
    private void Unload(CobotPhase phase)
    {
        if (_isWeighing && phase is not (CobotPhase.Weighing or CobotPhase.None))
        {
            _isWeighing = false;
            Scale.Load(0);
        }
    }

    /// <summary>Without a part the screw turns in nothing, which no driver calls good.</summary>
    private void Tighten()
    {
        Torque.NextIsNok |= !_holds;
        Torque.Tighten();
    }

    /// <summary>Let go before the scanner, at the beginning of the outgoing conveyor.</summary>
    private void Place()
    {
        if (_holds)
        {
            Scanner.Scan();
            Plc.PlacePart();
        }

        (_grips, _holds) = (false, false);
        Gripper.Command(GripperCommand.Open);
    }
}
