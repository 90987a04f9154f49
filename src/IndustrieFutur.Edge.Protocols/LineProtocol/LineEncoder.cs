using System.Buffers.Text;
using System.Globalization;
using System.Text;
using IndustrieFutur.Edge.Protocols.Telemetry;

namespace IndustrieFutur.Edge.Protocols.LineProtocol;

/// <summary>
/// Writes samples as lines of InfluxDB's protocol into bytes it is given, without allocating. The field follows the signal's type for
/// ever: <c>v</c> floating point, <c>i</c> integers, <c>b</c> boolean, <c>s</c> text; <c>q</c> is the status, alone when it is Bad.
/// </summary>
public static class LineEncoder
{
    /// <summary>The longest number (a double of 24 characters), status, time, and the letters between.</summary>
    private const int NumbersMax = 96;

    /// <summary>Bytes in which one line always fits: a byte of text takes at most three, when it is no UTF-8 and is replaced.</summary>
    public static int BytesMax(int keyBytes, int textBytes) => keyBytes + 3 * textBytes + NumbersMax;

    /// <summary>True for an unsigned integer that no signed field can hold and that is therefore written as text.</summary>
    public static bool IsBeyondSigned(TelemetryKind kind, long bits) => kind == TelemetryKind.UInt64 && bits < 0;

    /// <param name="key">From <see cref="LineKey"/>.</param>
    public static LineOutcome Write(
        Span<byte> line, ReadOnlySpan<byte> key, TelemetryKind kind, long bits, ReadOnlySpan<byte> text, uint status, long utcNanos, out int length)
    {
        length = 0;
        var isBad = status >> 31 != 0;
        if (!isBad && kind == TelemetryKind.Float64 && !double.IsFinite(BitConverter.Int64BitsToDouble(bits)))
        {
            return LineOutcome.NotFinite;
        }

        if (line.Length < BytesMax(key.Length, text.Length))
        {
            return LineOutcome.NoRoom;
        }

        key.CopyTo(line);
        length = key.Length;
        if (!isBad)
        {
            WriteValue(line, ref length, kind, bits, text);
            line[length++] = (byte)',';
        }

        Append(line, ref length, "q="u8);
        Append(line, ref length, (long)status);
        Append(line, ref length, "i "u8);
        Append(line, ref length, utcNanos);
        line[length++] = (byte)'\n';
        return LineOutcome.Written;
    }

    private static void WriteValue(Span<byte> line, ref int length, TelemetryKind kind, long bits, ReadOnlySpan<byte> text)
    {
        switch (kind)
        {
            case TelemetryKind.Float64:
                Append(line, ref length, "v="u8);
                BitConverter.Int64BitsToDouble(bits).TryFormat(line[length..], out var written, "R", CultureInfo.InvariantCulture);
                length += written;
                return;
            case TelemetryKind.Boolean:
                Append(line, ref length, bits == 0 ? "b=false"u8 : "b=true"u8);
                return;
            case TelemetryKind.Text:
                Append(line, ref length, "s=\""u8);
                AppendText(line, ref length, text);
                line[length++] = (byte)'"';
                return;
            case TelemetryKind.UInt64 when bits < 0:
                Append(line, ref length, "s=\""u8);
                Utf8Formatter.TryFormat((ulong)bits, line[length..], out written);
                length += written;
                line[length++] = (byte)'"';
                return;
            default:
                Append(line, ref length, "i="u8);
                Append(line, ref length, bits);
                line[length++] = (byte)'i';
                return;
        }
    }

    /// <summary>Quotes and backslashes are escaped; what would end the line becomes a blank; what is no UTF-8 becomes U+FFFD.</summary>
    private static void AppendText(Span<byte> line, ref int length, ReadOnlySpan<byte> text)
    {
        while (!text.IsEmpty)
        {
            Rune.DecodeFromUtf8(text, out var rune, out var taken);
            text = text[taken..];
            if (rune.Value is '"' or '\\')
            {
                line[length++] = (byte)'\\';
            }

            length += (rune.Value is '\r' or '\n' or 0 ? new Rune(' ') : rune).EncodeToUtf8(line[length..]);
        }
    }

    private static void Append(Span<byte> line, ref int length, ReadOnlySpan<byte> bytes)
    {
        bytes.CopyTo(line[length..]);
        length += bytes.Length;
    }

    private static void Append(Span<byte> line, ref int length, long number)
    {
        Utf8Formatter.TryFormat(number, line[length..], out var written);
        length += written;
    }
}
