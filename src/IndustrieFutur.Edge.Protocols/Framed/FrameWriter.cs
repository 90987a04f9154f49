namespace IndustrieFutur.Edge.Protocols.Framed;

/// <summary>Puts a text into the frame in which a device reads it: what <see cref="FrameReader"/> takes apart.</summary>
public static class FrameWriter
{
    private const byte Stx = 0x02;
    private const byte Etx = 0x03;

    /// <summary>What ends a line where nothing says it: devices that take either end take both.</summary>
    private static readonly byte[] UsualEnd = "\r\n"u8.ToArray();

    /// <summary>The bytes of a line or an STX frame. Frames of one length are binary, and no text becomes one.</summary>
    public static byte[] Write(FrameSettings settings, ReadOnlySpan<byte> body)
    {
        ArgumentNullException.ThrowIfNull(settings);
        switch (settings.Kind)
        {
            case FrameKind.Line:
                byte[] end = settings.Terminator.Count > 0 ? [.. settings.Terminator] : UsualEnd;
                return [.. body, .. end];
            case FrameKind.Stx:
                byte[] check = settings.BlockCheck == BlockCheck.None ? [] : [StxCutter.Compute(settings.BlockCheck, body)];
                return [Stx, .. body, Etx, .. check];
            default:
                throw new ArgumentException("A text has no frame of one length.", nameof(settings));
        }
    }
}
