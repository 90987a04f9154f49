using IndustrieFutur.Edge.Simulators.Cell;

namespace IndustrieFutur.Edge.Simulators.Cobot;

/// <summary>
/// What keeps the arm from moving: the causes as they are, and the stops that they have left behind. A cause that goes away takes no stop with
/// it: somebody acknowledges, and only then (ISO 10218-1: a stop needs a deliberate reset). The mode and the bits are read off both, so
/// they cannot disagree.
/// </summary>
internal sealed class CobotSafety
{
    /// <summary>A protective stop is looked at before it is released: a controller refuses for so long.</summary>
    private const long InspectTicks = 5 * SimulatedTime.TicksPerSecond;

    private bool _robotEmergency;
    private bool _systemEmergency;
    private bool _safeguard;
    private bool _protective;
    private bool _fault;
    private long _protectiveTick;

    /// <summary>The button on the pendant is in.</summary>
    public bool IsButtonIn { get; private set; }

    /// <summary>The cell's own emergency stop is active.</summary>
    public bool IsCellStopActive { get; private set; }

    /// <summary>A door is open, a scanner sees somebody.</summary>
    public bool IsSafeguardOpen { get; private set; }

    /// <summary>The input for reduced limits is on.</summary>
    public bool IsReduced { get; set; }

    /// <summary>Manual mode, and nobody holds the enabling device: not latched, but nothing restarts by pressing it again.</summary>
    public bool IsEnablingMissing { get; set; }

    /// <summary>The enabling device is held.</summary>
    public bool IsEnablingHeld { get; set; }

    public bool IsEmergency => _robotEmergency || _systemEmergency;

    /// <summary>Stop category 1 (IEC 60204-1): a controlled stop, then the power goes.</summary>
    public bool TakesPower => IsEmergency || _fault;

    /// <summary>Nothing may move.</summary>
    public bool IsStopped => TakesPower || _protective || _safeguard || IsEnablingMissing;

    /// <summary>The strongest of what is active.</summary>
    public SafetyMode Mode =>
        _fault ? SafetyMode.Fault
        : _robotEmergency ? SafetyMode.RobotEmergencyStop
        : _systemEmergency ? SafetyMode.SystemEmergencyStop
        : _protective ? SafetyMode.ProtectiveStop
        : _safeguard ? SafetyMode.SafeguardStop
        : IsEnablingMissing ? SafetyMode.EnablingStop
        : IsReduced ? SafetyMode.Reduced
        : SafetyMode.Normal;

    /// <summary>All of what is active.</summary>
    public SafetyStatus Bits =>
        If(Mode == SafetyMode.Normal, SafetyStatus.Normal)
        | If(Mode == SafetyMode.Reduced, SafetyStatus.Reduced)
        | If(_protective, SafetyStatus.ProtectiveStopped)
        | If(_safeguard || IsEnablingMissing, SafetyStatus.SafeguardStopped)
        | If(_systemEmergency, SafetyStatus.SystemEmergencyStopped)
        | If(_robotEmergency, SafetyStatus.RobotEmergencyStopped)
        | If(IsEmergency, SafetyStatus.EmergencyStopped)
        | If(_fault, SafetyStatus.Fault)
        | If(IsStopped, SafetyStatus.StoppedDueToSafety)
        | If(IsEnablingHeld, SafetyStatus.ThreePositionEnabling);

    public void SetButton(bool isIn)
    {
        IsButtonIn = isIn;
        _robotEmergency |= isIn;
    }

    public void SetCellStop(bool isActive)
    {
        IsCellStopActive = isActive;
        _systemEmergency |= isActive;
    }

    public void SetSafeguard(bool isOpen)
    {
        IsSafeguardOpen = isOpen;
        _safeguard |= isOpen;
    }

    public void StopProtectively(long tick)
    {
        _protective = true;
        _protectiveTick = tick;
    }

    public void Fail() => _fault = true;

    /// <summary>Lets every stop go whose cause is gone; null when none is left, else what still holds.</summary>
    public string? Acknowledge(long tick)
    {
        _robotEmergency &= IsButtonIn;
        _systemEmergency &= IsCellStopActive;
        _safeguard &= IsSafeguardOpen;
        _protective &= tick - _protectiveTick < InspectTicks;
        return WhatHolds();
    }

    /// <summary>Starts the safety system anew after a fault; the other stops stay as they are.</summary>
    public void Restart() => _fault = false;

    /// <summary>Why nothing may move; null when it may.</summary>
    public string? WhatHolds() =>
        _fault ? "The safety system has a fault. Restart it at the pendant."
        : _robotEmergency ? Emergency(IsButtonIn, "The emergency-stop button at the pendant")
        : _systemEmergency ? Emergency(IsCellStopActive, "The cell's emergency stop")
        : _protective ? "Protective stop: cannot be released until 5 s after it came. Inspect its cause first, then acknowledge it."
        : _safeguard ? SafeguardHolds()
        : IsEnablingMissing ? "Manual mode: nobody holds the enabling device."
        : null;

    private static string Emergency(bool isActive, string what) =>
        isActive ? $"{what} is still active. Release it, then acknowledge." : $"{what} was active. Acknowledge it at the pendant.";

    private string SafeguardHolds() =>
        IsSafeguardOpen ? "The safeguard is still open. Close it, then acknowledge." : "The safeguard was open. Acknowledge it at the pendant.";

    private static SafetyStatus If(bool isActive, SafetyStatus bit) => isActive ? bit : SafetyStatus.None;
}
