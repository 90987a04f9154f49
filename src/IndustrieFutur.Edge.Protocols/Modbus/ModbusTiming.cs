namespace IndustrieFutur.Edge.Protocols.Modbus;

/// <summary>The silences of a serial line (Modbus over Serial Line 1.02, section 2.5.1.1), by its speed.</summary>
public static class ModbusTiming
{
    /// <summary>Above this speed the silences are fixed: shorter ones would only load the processor.</summary>
    private const int FixedAboveBaud = 19_200;

    private const long FixedFrameGapNanos = 1_750_000;

    /// <summary>A start bit, eight of data, parity and a stop bit, or two stop bits without parity.</summary>
    private const int BitsPerCharacter = 11;

    /// <summary>How long one character is on the wire.</summary>
    public static long CharacterNanos(int baud)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(baud);
        return BitsPerCharacter * 1_000_000_000L / baud;
    }

    /// <summary>t3.5: the silence between two frames.</summary>
    public static long FrameGapNanos(int baud)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(baud);
        return baud > FixedAboveBaud ? FixedFrameGapNanos : BitsPerCharacter * 3_500_000_000L / baud;
    }
}
