using System.ComponentModel;

namespace IndustrieFutur.Edge.Drivers;

/// <summary>A value of a device that may be written: a register, a variable.</summary>
public abstract class WriteTargetOptions : TargetOptions
{
    /// <summary>PackML's control commands that only stop (OPC 30050, CntrlCmd): Stop, Hold, Suspend, Abort.</summary>
    private static readonly double[] PackMlStops = [3, 4, 6, 8];

    /// <summary>Reset 1 to Clear 9.</summary>
    private const int PackMlLast = 9;

    [Description("The value that stops what this sets: a command that writes it is a stop. It carries no interlocks, and a reaction may give it.")]
    public double? StopValue { get; init; }

    [Description("It takes PackML's control commands, 1 Reset, 2 Start, 3 Stop, 4 Hold, 5 Unhold, 6 Suspend, 7 Unsuspend, 8 Abort, 9 Clear; commands that write 3, 4, 6 or 8 are stops.")]
    public bool Packml { get; init; }

    /// <inheritdoc/>
    public override int ValueCount => 1;

    /// <inheritdoc/>
    public override bool Stops(IReadOnlyList<double> values)
    {
        ArgumentNullException.ThrowIfNull(values);
        return values.Count == 1 && (values[0] == StopValue || (Packml && PackMlStops.Contains(values[0])));
    }

    /// <inheritdoc/>
    public override string? MistakeIn(double value) =>
        Packml && (value != Math.Floor(value) || value < 1 || value > PackMlLast)
            ? "is no control command of PackML; write 1 (Reset), 2 (Start), 3 (Stop), 4 (Hold), 5 (Unhold), 6 (Suspend), 7 (Unsuspend), 8 (Abort) or 9 (Clear)"
            : null;
}
