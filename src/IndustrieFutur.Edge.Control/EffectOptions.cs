using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using IndustrieFutur.Edge.Core.Configuration;

namespace IndustrieFutur.Edge.Control;

/// <summary>How a command's effect is seen on live values: a condition, or a signal that shows the value that was given.</summary>
public sealed class EffectOptions
{
    [Description("The condition that shows it, such as \"cobot/program.state == 2\". Either this or \"signal\".")]
    public string? When { get; init; }

    [Description("The signal, device/signal, that shows the first value of the command.")]
    public string? Signal { get; init; }

    [Range(0, 1e9)]
    [Description("How far that signal may be from the value.")]
    public double Tolerance { get; init; }

    [Range(typeof(TimeSpan), "00:00:00.100", "00:01:00")]
    [Description("So long it may take; then the outcome is Unknown, and a person looks at the machine.")]
    public TimeSpan Within { get; init; } = TimeSpan.FromSeconds(2);

    internal void CheckAlone(Mistakes mistakes)
    {
        if (When is null == Signal is null)
        {
            mistakes.Add("needs either \"when\", a condition, or \"signal\", which shows the value that was given", "when");
        }
    }
}
