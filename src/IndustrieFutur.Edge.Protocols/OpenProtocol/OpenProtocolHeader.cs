using System.Buffers.Text;

namespace IndustrieFutur.Edge.Protocols.OpenProtocol;

/// <summary>The 20 characters that every message begins with: length, MID, revision, no-ack flag; the rest is blank with revision 1.</summary>
/// <param name="Mid">Which message.</param>
/// <param name="Revision">Of its data; a blank and 0 mean 1.</param>
/// <param name="NoAcknowledge">With a subscription: its messages want no acknowledgement.</param>
public readonly record struct OpenProtocolHeader(int Mid, int Revision, bool NoAcknowledge)
{
    /// <summary>Header and nothing behind it.</summary>
    public const int Bytes = 20;

    /// <summary>The longest message that is believed. A result of any revision takes a quarter of it.</summary>
    public const int MessageBytesMax = 2_048;

    private const int LengthDigits = 4;

    /// <summary>Reads the header of a message as a cutter found it; false: it is none.</summary>
    public static bool TryRead(ReadOnlySpan<byte> message, out OpenProtocolHeader header)
    {
        header = default;
        if (message.Length < Bytes || !TryDigits(message.Slice(LengthDigits, 4), out var mid) || !TryRevision(message.Slice(8, 3), out var revision))
        {
            return false;
        }

        header = new OpenProtocolHeader(mid, revision, message[11] == (byte)'1');
        return true;
    }

    /// <summary>Writes a header for a message of so many bytes, itself included.</summary>
    public void Write(Span<byte> message, int length)
    {
        message[..Bytes].Fill((byte)' ');
        OpenProtocolText.Digits(length, message[..LengthDigits]);
        OpenProtocolText.Digits(Mid, message.Slice(LengthDigits, 4));
        OpenProtocolText.Digits(Revision, message.Slice(8, 3));
        message[11] = NoAcknowledge ? (byte)'1' : (byte)' ';
    }

    /// <summary>What the first four characters say of a message's length; -1: they are no length that is believed.</summary>
    internal static int LengthOf(ReadOnlySpan<byte> message) =>
        TryDigits(message[..LengthDigits], out var length) && length is >= Bytes and <= MessageBytesMax ? length : -1;

    private static bool TryDigits(ReadOnlySpan<byte> digits, out int value) =>
        Utf8Parser.TryParse(digits, out value, out var used) && used == digits.Length && char.IsAsciiDigit((char)digits[0]);

    private static bool TryRevision(ReadOnlySpan<byte> digits, out int revision)
    {
        revision = 1;
        if (digits.IndexOfAnyExcept((byte)' ') < 0)
        {
            return true;
        }

        var isNumber = TryDigits(digits, out var written);
        revision = Math.Max(1, written);
        return isNumber;
    }
}
