using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using IndustrieFutur.Edge.Core.Configuration;
using IndustrieFutur.Edge.Protocols.Links;
using IndustrieFutur.Edge.Protocols.Serial;

namespace IndustrieFutur.Edge.Drivers;

/// <summary>What an integrator writes for a serial line, whatever protocol runs on it.</summary>
public sealed class SerialOptions : IChecked
{
    private const string AutoGap = "auto";

    /// <summary>A silence of a second would end every message of every device; more is a slip of the unit.</summary>
    private static readonly TimeSpan GapMax = TimeSpan.FromSeconds(1);

    [Required]
    [MinLength(1)]
    [Description("The port, best by its lasting name: \"/dev/serial/by-id/...\"; else \"/dev/ttyUSB0\" or \"COM3\".")]
    public string Port { get; init; } = "";

    [Required]
    [Description("Speed, data bits, parity and stop bits, such as \"19200 8E1\"; \"9600 8N1 xonxoff\" or \"... rtscts\" with flow control.")]
    public string Settings { get; init; } = "";

    [Description("The silence between two messages: \"auto\" (3.5 characters, 1.75 ms above 19200 baud) or a duration such as \"4ms\".")]
    public string InterFrameGap { get; init; } = AutoGap;

    [Description("The code that drives the port: auto (posix on Linux, portable elsewhere), posix (fast, Linux only) or portable.")]
    public SerialImplementation Implementation { get; init; } = SerialImplementation.Auto;

    [Description("Let Linux switch the direction of an RS-485 transceiver; only for ports whose hardware can.")]
    public Rs485Options? Rs485 { get; init; }

    internal long CharacterNanos => Parsed().CharacterNanos;

    internal long FrameGapNanos => InterFrameGap != AutoGap && Durations.TryParse(InterFrameGap, out var gap, out _)
        ? gap.Ticks * TimeSpan.NanosecondsPerTick
        : Parsed().FrameGapNanos;

    /// <inheritdoc/>
    public void Check(Mistakes mistakes)
    {
        ArgumentNullException.ThrowIfNull(mistakes);

        // A missing key has its own sentence.
        if (Settings.Length > 0 && !SerialSettings.TryParse(Settings, out _, out var settingsError))
        {
            mistakes.Add(settingsError, "settings");
        }

        if (InterFrameGap == AutoGap)
        {
            return;
        }

        if (!Durations.TryParse(InterFrameGap, out var gap, out var gapError))
        {
            mistakes.Add($"\"{InterFrameGap}\" {gapError}, or \"auto\"", "interFrameGap");
        }
        else if (gap > GapMax)
        {
            mistakes.Add($"a silence of {InterFrameGap} is longer than any device needs; write {Durations.Format(GapMax)} at most, or \"auto\"", "interFrameGap");
        }
    }

    /// <summary>What two devices on one line say differently of it; null when they agree.</summary>
    internal static string? Quarrel(SerialOptions first, SerialOptions second)
    {
        if (first.Parsed() != second.Parsed())
        {
            return $"the devices on {first.Port} name different settings, \"{first.Settings}\" and \"{second.Settings}\"; a line has one, write the same";
        }

        if (first.FrameGapNanos != second.FrameGapNanos)
        {
            return $"the devices on {first.Port} name different \"interFrameGap\", {first.InterFrameGap} and {second.InterFrameGap}; write the longer at both";
        }

        if (first.Implementation != second.Implementation || first.Rs485?.ToSettings() != second.Rs485?.ToSettings())
        {
            return $"the devices on {first.Port} differ in \"implementation\" or \"rs485\"; they share one line, write the same";
        }

        return null;
    }

    /// <summary>Opens the line. Throws <see cref="LinkBrokenException"/> in plain words.</summary>
    internal IByteLink Open() => SerialLinks.Open(Parsed(), Implementation, Rs485?.ToSettings());

    private SerialSettings Parsed()
    {
        // Checked before: what is not is told there, and must not stop the rest of the check.
        return SerialSettings.TryParse(Settings, out var settings, out _)
            ? settings with { Port = Port }
            : new SerialSettings { Port = Port };
    }
}
