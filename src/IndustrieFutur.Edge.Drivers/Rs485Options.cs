using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using IndustrieFutur.Edge.Protocols.Serial;

namespace IndustrieFutur.Edge.Drivers;

/// <summary>How Linux switches the direction of an RS-485 transceiver. Most USB adapters do it by themselves and need none of this.</summary>
public sealed class Rs485Options
{
    [Description("Switch the direction; false switches the mode off where the system has it on.")]
    public bool Enabled { get; init; } = true;

    [Description("RTS is high while sending.")]
    public bool RtsOnSend { get; init; } = true;

    [Description("RTS is high while listening.")]
    public bool RtsAfterSend { get; init; }

    [Range(typeof(TimeSpan), "00:00:00", "00:00:00.100")]
    [Description("From raising RTS to the first bit, in whole milliseconds.")]
    public TimeSpan DelayBeforeSend { get; init; }

    [Range(typeof(TimeSpan), "00:00:00", "00:00:00.100")]
    [Description("From the last bit to lowering RTS, in whole milliseconds.")]
    public TimeSpan DelayAfterSend { get; init; }

    [Description("Keep listening while sending: the port hears its own bytes.")]
    public bool RxDuringTx { get; init; }

    [Description("Switch the terminating resistor in, where the board has one.")]
    public bool TerminateBus { get; init; }

    internal Rs485Settings ToSettings() => new()
    {
        Enabled = Enabled,
        RtsOnSend = RtsOnSend,
        RtsAfterSend = RtsAfterSend,
        DelayBeforeSendMillis = (int)DelayBeforeSend.TotalMilliseconds,
        DelayAfterSendMillis = (int)DelayAfterSend.TotalMilliseconds,
        RxDuringTx = RxDuringTx,
        TerminateBus = TerminateBus,
    };
}
