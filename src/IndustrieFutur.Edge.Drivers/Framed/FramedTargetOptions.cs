using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Globalization;
using IndustrieFutur.Edge.Core.Configuration;
using IndustrieFutur.Edge.Protocols.Framed;

namespace IndustrieFutur.Edge.Drivers.Framed;

/// <summary>One message that a command may send to a framed device, and what the device says to it.</summary>
public sealed class FramedTargetOptions : TargetOptions
{
    /// <summary>Longer than the commands of scales, printers and drivers, and readable in an audit.</summary>
    private const int SendCharactersMax = 200;

    [Required]
    [MaxLength(SendCharactersMax)]
    [Description("What is sent, without its end, which the frame adds (CR LF for lines without \"terminator\"): \"ZI\", or with the command's value in it \"SP {value}\", "
        + "\"SP {value:0.0}\" with one decimal, \"P{value:000}\" with three digits.")]
    public string Send { get; init; } = "";

    [Required]
    [Description("A regular expression, without look-around, that an answer matches with which the device takes it: \"^ZI [SD]\".")]
    public string Accept { get; init; } = "";

    [Description("The same for an answer with which the device says no: \"^(ZI [+-]|ZI I|E[STL])\". It goes before \"accept\".")]
    public string? Reject { get; init; }

    [Range(typeof(TimeSpan), "00:00:00.010", "00:00:05")]
    [Description("How long to wait for that answer, in which nothing else is asked; without it the device's \"timeout\", 5s at most.")]
    public TimeSpan? Timeout { get; init; }

    [Description("The value that stops what this sets: a command that sends it is a stop. It carries no interlocks, and a reaction may give it.")]
    public double? StopValue { get; init; }

    [Description("The message, which carries no value, can only stop something: its commands are stops.")]
    public bool Stop { get; init; }

    [Description("It may set a machine in motion: only who holds the lease at the cell may give its commands, in two steps.")]
    public bool Motion { get; init; }

    /// <inheritdoc/>
    public override int ValueCount => Message is { HasValue: true } ? 1 : 0;

    /// <inheritdoc/>
    public override bool SetsInMotion => Motion;

    /// <inheritdoc/>
    public override string Words => $"framed {Send}";

    private FramedMessage? Message => FramedMessage.TryParse(Send, out var message, out _) ? message : null;

    /// <inheritdoc/>
    public override bool Stops(IReadOnlyList<double> values)
    {
        ArgumentNullException.ThrowIfNull(values);
        return values.Count == 0 ? Stop && ValueCount == 0 : values.Count == 1 && values[0] == StopValue;
    }

    /// <inheritdoc/>
    public override string? MistakeIn(double value) => Message?.MistakeIn(value);

    /// <summary>The rules between the target's keys and those of its device.</summary>
    internal void CheckIn(FrameOptions frame, Mistakes mistakes)
    {
        CheckAnswer(Accept, mistakes, "accept");
        CheckAnswer(Reject ?? "", mistakes, "reject");

        // A missing message has its own sentence.
        if (Send.Length == 0)
        {
            return;
        }

        if (!FramedMessage.TryParse(Send, out var message, out var error))
        {
            mistakes.Add(error, "send");
            return;
        }

        CheckFrame(message, frame, mistakes);
        CheckStop(message, mistakes);
    }

    private static void CheckAnswer(string pattern, Mistakes mistakes, string key)
    {
        if (pattern.Length > 0 && !FieldCut.TryByRegex(pattern, 0, out _, out var error))
        {
            mistakes.Add(error, key);
        }
    }

    private static void CheckFrame(FramedMessage message, FrameOptions frame, Mistakes mistakes)
    {
        if (frame.Kind == FrameKind.Fixed)
        {
            mistakes.Add("the device's messages are of one length, which are binary, and a command sends text; take it out, or correct the device's \"frame\"", "send");
            return;
        }

        // One that is no text has its own sentence.
        if (frame.Kind != FrameKind.Line || !FrameText.TryParse(frame.Terminator, out var end, out _) || end.Length == 0)
        {
            return;
        }

        if (message.Contains(end))
        {
            mistakes.Add($"contains \"{frame.Terminator}\", which ends a message of this device: what follows would be another one; remove it", "send");
        }

        if (message.HasValue && Array.Exists(end, static one => FramedMessage.NumberCharacters.Contains((char)one)))
        {
            mistakes.Add($"\"{frame.Terminator}\" ends a message of this device, and a number may contain it; send no value, or correct the frame's \"terminator\"", "send");
        }
    }

    private void CheckStop(FramedMessage message, Mistakes mistakes)
    {
        if (Stop && message.HasValue)
        {
            mistakes.Add("a message with a value stops by one of its values; write that as \"stopValue\", and remove this", "stop");
        }

        if (StopValue is { } stop && !message.HasValue)
        {
            mistakes.Add("the message carries no value; write \"stop\": true when it stops something", "stopValue");
        }
        else if (StopValue is { } value && message.MistakeIn(value) is { } mistake)
        {
            mistakes.Add(string.Create(CultureInfo.InvariantCulture, $"{value} {mistake}"), "stopValue");
        }

        if (Motion && (Stop || StopValue is not null))
        {
            mistakes.Add("a stop needs no lease, and what sets in motion does; make two targets of it", "motion");
        }
    }
}
