using System.Globalization;

namespace IndustrieFutur.Edge.Simulators.Cobot;

/// <summary>
/// Who may do what: joins safety, power, program and modes, so that nothing moves that must not, and nothing restarts by itself. Each order
/// answers null when it is taken, else why it is not. Used under the arm's lock.
/// </summary>
internal sealed class CobotController
{
    /// <summary>Reduced limits halve the speed; ours.</summary>
    private const double ReducedSpeed = 0.5;

    /// <summary>The program's fastest move has the TCP at 0.57 m/s: so slowed it keeps to 0.25 m/s.</summary>
    private const double ManualSpeed = 0.4;

    /// <summary>Lines for the journal in one tick: more than people and clients can cause in 2 ms; what is beyond is left out.</summary>
    private const int SaidMax = 100;

    private readonly Queue<string> _said = new();
    private double _slider = 1;
    private bool _isManual;
    private long _tick;

    public CobotSafety Safety { get; } = new();

    public CobotPower Power { get; } = new();

    public CobotProgram Program { get; } = new();

    public bool IsRemote { get; private set; }

    public OperationalMode OperationalMode =>
        _isManual ? OperationalMode.ManualReducedSpeed : IsRemote ? OperationalMode.AutomaticExternal : OperationalMode.Automatic;

    public double SpeedSlider => _slider;

    /// <summary>What there is for the journal, oldest first.</summary>
    public Queue<string> Said => _said;

    /// <param name="tick">The tick that passes.</param>
    /// <param name="isPartThere">A part waits at the conveyor's end.</param>
    public void Tick(long tick, bool isPartThere)
    {
        _tick = tick;
        Halt();
        Program.Tick(Speed(), isPartThere);
        if (Safety.TakesPower && Program.IsAtRest && Power.IsOn)
        {
            Power.TurnOff();
            Say("power off");
        }
        else if (Power.Tick())
        {
            Say(string.Create(CultureInfo.InvariantCulture, $"robot mode {Power.Mode}"));
        }
    }

    public string? Load(string name)
    {
        if (!name.Equals(PickAndPlace.FileName, StringComparison.Ordinal))
        {
            return $"{name} is not there; this arm knows {PickAndPlace.FileName}.";
        }

        return Do(Program.Load(name), $"loaded {name}", "A program is under way. Stop it before another is loaded.");
    }

    public string? Play()
    {
        if (Safety.WhatHolds() is { } why)
        {
            return why;
        }

        if (Power.Mode != RobotMode.Running)
        {
            return "The arm has no power or its brakes are on. Power it on and release the brakes at the pendant.";
        }

        return Do(Program.Play(), "program plays", "No program is loaded, or it is under way.");
    }

    public string? Pause() =>
        Do(Program.Pause(CobotProgram.NormalStopSeconds), "program pauses", "The program does not run.");

    public string? Stop() =>
        Do(Program.Stop(CobotProgram.NormalStopSeconds), "program stops", "The program is stopped.");

    public string? PowerOn() => Safety.TakesPower
        ? Safety.WhatHolds()
        : Do(Power.TurnOn(), "powering on", "The arm has power.");

    public string? ReleaseBrakes() => Safety.TakesPower
        ? Safety.WhatHolds()
        : Do(Power.ReleaseBrakes(), "releasing brakes", "The arm must be powered on and idle before its brakes are released.");

    public string? Acknowledge()
    {
        var before = Safety.Mode;
        var why = Safety.Acknowledge(_tick);
        if (Safety.Mode != before)
        {
            Say($"acknowledged {before}, now {Safety.Mode}");
        }

        return why;
    }

    public string? RestartSafety() => Safety.Mode != SafetyMode.Fault
        ? "The safety system has no fault."
        : Done(Safety.Restart, "safety system restarted");

    /// <summary>A change of mode ends a program and never starts one (ISO 10218-1, operational modes); manual mode ends remote control.</summary>
    public string? SetManual(bool isManual)
    {
        if (isManual == _isManual)
        {
            return "The arm is in that mode.";
        }

        _isManual = isManual;
        IsRemote &= !isManual;
        Program.Stop(CobotProgram.NormalStopSeconds);
        UpdateEnabling(Safety.IsEnablingHeld);
        Say($"operational mode {OperationalMode}");
        return null;
    }

    public string? SetRemote(bool isRemote)
    {
        if (isRemote && _isManual)
        {
            return "Remote control needs automatic mode.";
        }

        return isRemote == IsRemote
            ? $"Remote control is {(isRemote ? "on" : "off")} already."
            : Done(() => IsRemote = isRemote, isRemote ? "remote control on" : "remote control off");
    }

    public void SetSlider(double fraction)
    {
        _slider = Math.Clamp(fraction, 0, 1);
        Say(string.Create(CultureInfo.InvariantCulture, $"speed slider {_slider:0.00}"));
    }

    public void HoldEnabling(bool isHeld)
    {
        UpdateEnabling(isHeld);
        Say(isHeld ? "enabling device held" : "enabling device let go");
    }

    /// <summary>Changes something of the safety system and says what it came to.</summary>
    public void Change(Action<CobotSafety> change, string what)
    {
        change(Safety);
        Say($"{what}, safety mode {Safety.Mode}");
    }

    public void StopProtectively(string why) => Change(safety => safety.StopProtectively(_tick), $"protective stop: {why}");

    /// <summary>Kept for the journal until the tick ends.</summary>
    public void Say(string what)
    {
        if (_said.Count < SaidMax)
        {
            _said.Enqueue(what);
        }
    }

    private void UpdateEnabling(bool isHeld)
    {
        Safety.IsEnablingHeld = isHeld;
        Safety.IsEnablingMissing = _isManual && !isHeld;
    }

    /// <summary>An emergency or a fault ends the program, for the arm loses its power; any other stop pauses it.</summary>
    private void Halt()
    {
        if (Safety.TakesPower)
        {
            Program.Stop(CobotProgram.EmergencyStopSeconds);
        }
        else if (Safety.IsStopped)
        {
            Program.Pause(CobotProgram.ProtectiveStopSeconds);
        }
    }

    private double Speed() => Math.Min(_slider, _isManual ? ManualSpeed : Safety.IsReduced ? ReducedSpeed : 1);

    private string? Do(bool isDone, string what, string whyNot)
    {
        if (!isDone)
        {
            return whyNot;
        }

        Say(what);
        return null;
    }

    private string? Done(Action change, string what)
    {
        change();
        Say(what);
        return null;
    }
}
