using System.ComponentModel;
using IndustrieFutur.Edge.Core.Configuration;
using IndustrieFutur.Edge.Core.Plans;
using IndustrieFutur.Edge.Core.Sampling;

namespace IndustrieFutur.Edge.Drivers.Derived;

/// <summary>One signal that the stages make: exactly one of the ways below.</summary>
public sealed class DerivedSignalOptions : SignalOptions
{
    /// <summary>A value that says the same again every minute shows that it is alive.</summary>
    private static readonly DeadbandOptions EachChange = new() { Absolute = 0 };

    [Description("A number or a condition out of signals (device/signal): + - * / %, < <= == != >= >, and or not, "
        + "if(c, a, b), min, max, abs, round, floor, ceil, sqrt, prev(x), hysteresis(x, low, high), good(signal), age(signal), bit(signal, n). "
        + "Blanks around - and / behind a name; an id that begins otherwise than with a letter in single quotes.")]
    public string? Expression { get; init; }

    [Description("One value for the samples of a span of time, or for every so many.")]
    public WindowOptions? Window { get; init; }

    [Description("How often a signal has risen or fallen.")]
    public CounterOptions? Counter { get; init; }

    [Description("The seconds from one rise of a signal to the next.")]
    public CycleOptions? Cycle { get; init; }

    [Description("A condition that people are to act on, with delays (ISA-18.2). Observed; nothing is done about it here.")]
    public AlarmOptions? Alarm { get; init; }

    [Description("A condition that must hold; true only while it holds and every input is Good. Information for people: no safety function.")]
    public InterlockOptions? Interlock { get; init; }

    /// <summary>What the plan decides; by what is written alone.</summary>
    public override ValueKind RawKind => this switch
    {
        { Alarm: not null } or { Interlock: not null } => ValueKind.Boolean,
        { Counter: not null } or { Window.Of: WindowOf.Count } => ValueKind.Int64,
        _ => ValueKind.Float64,
    };

    /// <summary>What is true or false, or a count, is told at each change unless something else is asked for.</summary>
    public DeadbandOptions? UsualDeadband => Alarm is not null || Interlock is not null || Counter is not null ? EachChange : null;

    internal void CheckIn(Mistakes mistakes)
    {
        var ways = new (string Key, object? Way)[]
        {
            ("expression", Expression), ("window", Window), ("counter", Counter), ("cycle", Cycle), ("alarm", Alarm), ("interlock", Interlock),
        };
        var given = ways.Where(way => way.Way is not null).Select(way => way.Key).ToArray();
        if (given.Length == 0)
        {
            mistakes.Add($"the signal is made of nothing; add one of {string.Join(", ", ways.Select(way => $"\"{way.Key}\""))}");
        }

        if (given.Length > 1)
        {
            mistakes.Add($"the signal is made in {given.Length} ways, {string.Join(" and ", given.Select(key => $"\"{key}\""))}; keep one, and make another signal of the other", given[1]);
        }

        if ((Alarm?.Message ?? Interlock?.Message) is { } message && (message.Fr.Length == 0 || message.En.Length == 0))
        {
            mistakes.Add("the sentence is for people of both languages; write \"fr\" and \"en\"", Alarm is not null ? "alarm" : "interlock", "message");
        }

        if (Scale != 1 || Offset != 0)
        {
            mistakes.Add("a derived signal is in engineering units already; remove it, and count in an \"expression\"", Scale != 1 ? "scale" : "offset");
        }
    }
}
