using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using IndustrieFutur.Edge.Core.Configuration;

namespace IndustrieFutur.Edge.Drivers.OpcUa;

/// <summary>Signals that the server watches with one rhythm, or that are read together.</summary>
public sealed class OpcUaGroupOptions
{
    /// <summary>Fast enough for a cell's motions and states; a server of any make can do it.</summary>
    private static readonly TimeSpan SamplingUsual = TimeSpan.FromMilliseconds(100);

    /// <summary>A read costs the server all values each time, changed or not.</summary>
    private static readonly TimeSpan ReadUsual = TimeSpan.FromSeconds(1);

    /// <summary>A server's timer and ours drift: half as many again, and one, never lose a value for a late publish.</summary>
    private const double QueueMargin = 1.5;

    /// <summary>A switch that restarts its port, or a lost packet: what the server keeps for so long comes with the resumed session.</summary>
    private static readonly TimeSpan CutBridged = TimeSpan.FromSeconds(2);

    /// <summary>Without an interval the server tells each change; a PLC's fastest cycle is about a millisecond, and few values change in each.</summary>
    private static readonly TimeSpan EventsApartUsual = TimeSpan.FromMilliseconds(10);

    internal const int QueueMax = 10_000;

    [Description("subscribe: the server sends what changed; read: we read everything each time, for servers with few or poor subscriptions.")]
    public OpcUaGroupMode Mode { get; init; } = OpcUaGroupMode.Subscribe;

    [Range(typeof(TimeSpan), "00:00:00", "1.00:00:00")]
    [Description("How often the server looks at the values (100ms; \"0s\" is as often as it can), or how often we read them (1s).")]
    public TimeSpan? Sampling { get; init; }

    [Range(typeof(TimeSpan), "00:00:00.001", "00:10:00")]
    [Description("How often the server sends what it has collected. Only for subscribe.")]
    public TimeSpan Publishing { get; init; } = TimeSpan.FromMilliseconds(500);

    [Range(1, QueueMax)]
    [Description("Values of a signal that the server keeps between two messages and through a lost link. Without it, enough for publishing / sampling and half as many again, and for a cut of 2 s. "
        + "Values that did not fit are told as gaps.")]
    public int? Queue { get; init; }

    [Description("The server holds back smaller changes of numbers, which spares the network; a signal's own \"deadband\" works here, on what arrives.")]
    public OpcUaDeadbandOptions? Deadband { get; init; }

    [Description("What must change for a value to be sent: its status, or its value too (statusValue), or its time as well.")]
    public OpcUaTrigger Trigger { get; init; } = OpcUaTrigger.StatusValue;

    [Range(typeof(TimeSpan), "00:00:00.100", "00:10:00")]
    [Description("A server with nothing to send says so after this long; with nothing heard for a little longer the link is looked at.")]
    public TimeSpan KeepAlive { get; init; } = TimeSpan.FromSeconds(2);

    [Required]
    [MinLength(1)]
    [Description("The signals, by id.")]
    public IReadOnlyDictionary<string, OpcUaSignalOptions> Signals { get; init; } = new Dictionary<string, OpcUaSignalOptions>();

    internal bool IsRead => Mode == OpcUaGroupMode.Read;

    internal TimeSpan EffectiveSampling => Sampling ?? (IsRead ? ReadUsual : SamplingUsual);

    /// <summary>Values between two messages at the rhythm that the server keeps, and a margin.</summary>
    internal uint QueueFor(TimeSpan sampling, TimeSpan publishing)
    {
        if (Queue is { } wanted)
        {
            return (uint)wanted;
        }

        var apart = sampling > TimeSpan.Zero ? sampling : EventsApartUsual;
        var span = publishing * QueueMargin > CutBridged ? publishing * QueueMargin : CutBridged;
        return (uint)Math.Clamp(Math.Ceiling(span / apart) + 1, 2, QueueMax);
    }

    /// <summary>The rules between the group's keys.</summary>
    internal void CheckIn(Mistakes mistakes)
    {
        Refuse(IsRead && Sampling == TimeSpan.Zero, "sampling", "a group that is read needs an interval; write how often, such as \"1s\"", mistakes);
        Refuse(IsRead && Queue is not null, "queue", "only a subscription has a queue; remove it, or write \"mode\": \"subscribe\"", mistakes);
        Refuse(IsRead && Deadband is not null, "deadband", "only a subscription has a server's deadband; give the signals a \"deadband\" of their own, or write \"mode\": \"subscribe\"", mistakes);
        Refuse(
            Trigger == OpcUaTrigger.Status && Deadband is not null,
            "deadband",
            "a group that is told changes of status only has no use for a deadband; remove it, or write \"trigger\": \"statusValue\"",
            mistakes);
        Refuse(!IsRead && KeepAlive < Publishing, "keepAlive", $"the server cannot say that it lives more often than it publishes; write \"{Durations.Format(Publishing)}\" or more", mistakes);
    }

    private static void Refuse(bool isWrong, string key, string message, Mistakes mistakes)
    {
        if (isWrong)
        {
            mistakes.Add(message, key);
        }
    }
}
