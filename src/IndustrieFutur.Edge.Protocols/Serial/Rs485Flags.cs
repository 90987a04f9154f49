namespace IndustrieFutur.Edge.Protocols.Serial;

/// <summary>RS-485 settings in the kernel's own form (linux/serial.h).</summary>
internal static class Rs485Flags
{
    private const uint Enabled = 1 << 0;
    private const uint RtsOnSend = 1 << 1;
    private const uint RtsAfterSend = 1 << 2;
    private const uint RxDuringTx = 1 << 4;
    private const uint TerminateBus = 1 << 5;

    public static Libc.SerialRs485 Pack(Rs485Settings settings) => new()
    {
        Flags = (settings.Enabled ? Enabled : 0)
            | (settings.RtsOnSend ? RtsOnSend : 0)
            | (settings.RtsAfterSend ? RtsAfterSend : 0)
            | (settings.RxDuringTx ? RxDuringTx : 0)
            | (settings.TerminateBus ? TerminateBus : 0),
        DelayBeforeSendMillis = (uint)settings.DelayBeforeSendMillis,
        DelayAfterSendMillis = (uint)settings.DelayAfterSendMillis,
    };
}
