namespace IndustrieFutur.Edge.Core.Plans;

/// <summary>One command of the checked configuration: to what it may be given, by whom, when, and how its effect is seen. Immutable, names resolved to indices.</summary>
public sealed record CommandPlan
{
    /// <summary>Place in the plan, from 0: all that an order says of what is to be done.</summary>
    public required int Index { get; init; }

    public required string Id { get; init; }

    /// <summary>The device, by its index in the plan.</summary>
    public required int Device { get; init; }

    /// <summary>Place among the device's targets, in the order of the file.</summary>
    public required int Target { get; init; }

    /// <summary>The target for people and the audit: "plc/speed (modbus 4x0)".</summary>
    public required string TargetWords { get; init; }

    public string NameFr { get; init; } = "";

    public string NameEn { get; init; } = "";

    /// <summary>1: a person confirms. 2: prepared first, then executed (<c>reference/ux.md</c> (d)).</summary>
    public required int Level { get; init; }

    /// <summary>
    /// It can only stop something (a dashboard's pause or stop, PackML Stop, Hold, Suspend or Abort, a declared stop value): it has no
    /// interlocks, and reactions may give it.
    /// </summary>
    public bool IsStop { get; init; }

    /// <summary>It sets something in motion: only who has the lease at the cell may give it, and no reaction and no DCMD.</summary>
    public bool NeedsLease { get; init; }

    /// <summary>Another person has to agree before it is executed.</summary>
    public bool NeedsTwo { get; init; }

    /// <summary>Roles that may give it, of <c>Control</c>'s.</summary>
    public IReadOnlyList<string> Roles { get; init; } = [];

    /// <summary>Users that may give it, if they have one of the roles; empty: the roles decide alone.</summary>
    public IReadOnlyList<string> Users { get; init; } = [];

    /// <summary>What whoever gives it has to say, in the order of its target's values. Empty where <see cref="Values"/> are fixed.</summary>
    public IReadOnlyList<ParameterPlan> Parameters { get; init; } = [];

    /// <summary>The values that it always carries; empty where there are parameters, or nothing to say.</summary>
    public IReadOnlyList<double> Values { get; init; } = [];

    /// <summary>Conditions that must hold, by index in the plan.</summary>
    public IReadOnlyList<int> Interlocks { get; init; } = [];

    /// <summary>The condition that shows that it worked, by index in the plan; -1: <see cref="EffectSignal"/> shows it.</summary>
    public int Effect { get; init; } = -1;

    /// <summary>A signal that must show the command's first value, within <see cref="EffectTolerance"/>; -1: <see cref="Effect"/> shows it.</summary>
    public int EffectSignal { get; init; } = -1;

    public double EffectTolerance { get; init; }

    /// <summary>So long it may take from the device's answer until the effect is seen.</summary>
    public required long EffectNanos { get; init; }

    /// <summary>The signal that Sparkplug hosts write to give this command; -1: none.</summary>
    public int SparkplugSignal { get; init; } = -1;
}
