using System.Globalization;
using IndustrieFutur.Edge.Simulators.Cell;

namespace IndustrieFutur.Edge.Simulators.Cobot;

/// <summary>
/// A six-axis cobot, alive in the cell's clock: a controller that knows who may do what, a program, a body that moves. Its servers read
/// <see cref="CobotState"/>; orders come by the pendant, by what surrounds it, or by its dashboard, and take hold in the next tick.
/// </summary>
public sealed class CobotArm : ISimulatedDevice
{
    private readonly Lock _gate = new();
    private readonly Journal _journal;
    private readonly CobotController _controller;
    private readonly CobotTool _tool;
    private readonly CobotBody _body;
    private readonly Random _chance;
    private readonly double _protectiveChance;
    private CobotState _state;
    private CobotPhase _phase;

    public CobotArm(CobotSettings settings, Journal journal)
    {
        ArgumentNullException.ThrowIfNull(settings);
        ArgumentNullException.ThrowIfNull(journal);
        _journal = journal;
        Settings = settings;
        Pendant = new CobotPendant(this);
        Surroundings = new CobotSurroundings(this);
        Remote = new CobotRemote(this);
        _controller = new CobotController();
        _tool = new CobotTool(SeededRandom.For(settings.Seed, settings.Id + "/parts"));
        _body = new CobotBody(SeededRandom.For(settings.Seed, settings.Id + "/noise"), Faults);
        _chance = SeededRandom.For(settings.Seed, settings.Id + "/stops");
        _protectiveChance = settings.MinutesBetweenProtectiveStops > 0
            ? 1 / (settings.MinutesBetweenProtectiveStops * 60 * SimulatedTime.TicksPerSecond)
            : 0;
        Begin(settings);
        Show(default);
    }

    /// <summary>Another step of the program has begun: raised in the tick, on the clock's thread; with None when it was stopped.</summary>
    public event Action<SimulatedTime, CobotPhase>? PhaseChanged;

    /// <inheritdoc/>
    public string Id => Settings.Id;

    /// <summary>What a person at the arm can do: for scenarios and tests, never for a network.</summary>
    public CobotPendant Pendant { get; }

    /// <summary>What happens around it: doors, parts, emergency stops of the cell.</summary>
    public CobotSurroundings Surroundings { get; }

    /// <summary>What a scenario can make wrong with what it measures. Set between ticks or from a device's tick.</summary>
    public CobotFaults Faults { get; } = new();

    /// <summary>The program's step; the cell's other devices follow it, and tick after the arm.</summary>
    public CobotPhase Phase
    {
        get
        {
            lock (_gate)
            {
                return _state.Phase;
            }
        }
    }

    /// <summary>The mass of the part that is being handled, kg.</summary>
    public double PartKilograms
    {
        get
        {
            lock (_gate)
            {
                return _tool.Kilograms;
            }
        }
    }

    internal CobotSettings Settings { get; }

    /// <summary>What the dashboard can do.</summary>
    internal CobotRemote Remote { get; }

    /// <inheritdoc/>
    public void Tick(in SimulatedTime now)
    {
        bool isNewPhase;
        lock (_gate)
        {
            Live(now);
            isNewPhase = Follow(now);
            Show(now);
            while (_controller.Said.TryDequeue(out var said))
            {
                _journal.Write(now, Id, said);
            }
        }

        if (isNewPhase)
        {
            PhaseChanged?.Invoke(now, _phase);
        }
    }

    /// <summary>A copy of all that can be seen, of the end of one tick.</summary>
    internal void Read(out CobotState state)
    {
        lock (_gate)
        {
            state = _state;
        }
    }

    /// <summary>Has something done between two ticks.</summary>
    internal T Ask<T>(Func<CobotController, CobotTool, T> order)
    {
        lock (_gate)
        {
            return order(_controller, _tool);
        }
    }

    private void Begin(CobotSettings settings)
    {
        if (settings.Program is not { } program)
        {
            return;
        }

        if (_controller.Load(program) is { } why)
        {
            throw new ArgumentException($"{settings.Id} cannot start: {why}", nameof(settings));
        }

        if (settings.StartsPlaying)
        {
            _controller.Play();
        }
    }

    private void Live(in SimulatedTime now)
    {
        // Drawn in every tick, whatever it does: what somebody orders must not shift the chance of the rest of the day.
        if (_chance.NextDouble() < _protectiveChance && _controller.Program.IsMoving && !_controller.Safety.IsStopped)
        {
            _controller.StopProtectively("a joint needed more force than expected");
        }

        _tool.Tick(_phase, _controller.Program.PhaseSeconds);
        _controller.Tick(now.Tick, _tool.IsPartThere);
    }

    private bool Follow(in SimulatedTime now)
    {
        if (_controller.Program.Phase == _phase)
        {
            return false;
        }

        _phase = _controller.Program.Phase;
        _tool.Enter(_phase);
        var held = _tool.HeldKilograms > 0 ? string.Create(CultureInfo.InvariantCulture, $", holds {_tool.HeldKilograms:0.000} kg") : string.Empty;
        _controller.Say($"{_phase} in cycle {_controller.Program.Cycles + 1}{held}");
        return true;
    }

    private void Show(in SimulatedTime now)
    {
        var program = _controller.Program;
        _state.Tick = now.Tick;
        _state.Timestamp = now.Seconds;
        ShowModes();
        (_state.Phase, _state.PhaseSeconds, _state.Cycles) = (_phase, program.PhaseSeconds, program.Cycles);
        var contact = program.IsAtRest ? default : CobotTool.Contact(_phase, program.PhaseSeconds);
        _body.Tick(program.Target, _controller.Power, _tool.HeldKilograms, contact, ref _state);
        ShowInputsAndOutputs();
    }

    private void ShowModes()
    {
        var (safety, power, program) = (_controller.Safety, _controller.Power, _controller.Program);
        _state.RobotMode = power.Mode;
        _state.SafetyMode = safety.Mode;
        _state.SafetyStatus = safety.Mode;
        _state.SafetyStatusBits = safety.Bits;
        _state.RobotStatusBits = (power.IsOn ? RobotStatus.PowerOn : 0) | (program.IsRunning ? RobotStatus.ProgramRunning : 0);
        _state.RuntimeState = program.State;
        _state.SpeedScaling = program.Rate;
        _state.TargetSpeedFraction = _controller.SpeedSlider;
        _state.OperationalMode = _controller.OperationalMode;
        _state.IsRemoteControl = _controller.IsRemote;
        _state.LoadedProgram = program.Loaded;
        _state.IsBrakeReleased = power.Mode == RobotMode.Running;
        _state.JointMode[..].Fill((int)power.JointMode);
        _state.ToolMode = (uint)power.JointMode;
    }

    private void ShowInputsAndOutputs()
    {
        _state.ActualDigitalInputBits = _tool.Inputs;
        _state.ActualDigitalOutputBits = _tool.Outputs;
        _state.ToolOutputVoltage = _controller.Power.IsOn ? 24 : 0;
        _state.ToolOutputCurrent = _controller.Power.IsOn ? 0.08 : 0;
        _state.TcpOffset[2] = ArmModel.ToolMetres;
        _state.OutputIntRegisters[24] = _state.Cycles;
        _state.OutputIntRegisters[25] = (int)_phase;
        _state.OutputDoubleRegisters[24] = _state.PayloadKilograms;
    }
}
