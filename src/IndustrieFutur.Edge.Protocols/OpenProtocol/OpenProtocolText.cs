using System.Buffers.Text;

namespace IndustrieFutur.Edge.Protocols.OpenProtocol;

/// <summary>Numbers and texts as they stand in messages: of fixed width, numbers with leading zeros, texts with blanks behind them.</summary>
public static class OpenProtocolText
{
    /// <summary>A number without sign in all of the characters; blanks before it are allowed, as old controllers write them.</summary>
    public static bool TryNumber(ReadOnlySpan<byte> field, out long value)
    {
        var digits = field.TrimStart((byte)' ');
        value = 0;
        return !digits.IsEmpty && char.IsAsciiDigit((char)digits[0]) && Utf8Parser.TryParse(digits, out value, out var used) && used == digits.Length;
    }

    /// <summary>Fills the characters with a number; one too large for them keeps its last digits.</summary>
    internal static void Digits(long value, Span<byte> field)
    {
        for (var i = field.Length - 1; i >= 0; i--)
        {
            field[i] = (byte)('0' + (value % 10));
            value /= 10;
        }
    }

    /// <summary>Fills the characters with a text, cut or with blanks behind it.</summary>
    internal static void Text(ReadOnlySpan<char> text, Span<byte> field)
    {
        field.Fill((byte)' ');
        for (var i = 0; i < Math.Min(text.Length, field.Length); i++)
        {
            field[i] = text[i] < 0x80 ? (byte)text[i] : (byte)'?';
        }
    }
}
