namespace IndustrieFutur.Edge.Protocols.Serial;

/// <summary>How the kernel switches the direction of an RS-485 transceiver (Linux, TIOCSRS485).</summary>
public sealed record Rs485Settings
{
    public bool Enabled { get; init; } = true;

    /// <summary>RTS is high while sending.</summary>
    public bool RtsOnSend { get; init; } = true;

    /// <summary>RTS is high when not sending.</summary>
    public bool RtsAfterSend { get; init; }

    public int DelayBeforeSendMillis { get; init; }

    public int DelayAfterSendMillis { get; init; }

    /// <summary>The receiver stays on while sending: the port hears itself.</summary>
    public bool RxDuringTx { get; init; }

    /// <summary>Switches the terminating resistor in, where the board has one.</summary>
    public bool TerminateBus { get; init; }
}
