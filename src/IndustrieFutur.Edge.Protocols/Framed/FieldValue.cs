using System.Globalization;

namespace IndustrieFutur.Edge.Protocols.Framed;

/// <summary>Reads what stands in a field of text. Allocates nothing.</summary>
public static class FieldValue
{
    /// <summary>No device writes a number in more characters.</summary>
    private const int NumberBytesMax = 64;

    /// <summary>A finite number; blanks around it and behind its sign are no part of it ("-   12.5" is how scales write).</summary>
    public static bool TryNumber(ReadOnlySpan<byte> field, bool decimalComma, out double value)
    {
        Span<byte> digits = stackalloc byte[NumberBytesMax];
        var count = Tidy(field, decimalComma, digits);
        return double.TryParse(digits[..count], NumberStyles.Float, CultureInfo.InvariantCulture, out value) && double.IsFinite(value);
    }

    /// <summary>A whole number; blanks as above.</summary>
    public static bool TryWhole(ReadOnlySpan<byte> field, out long value)
    {
        Span<byte> digits = stackalloc byte[NumberBytesMax];
        var count = Tidy(field, decimalComma: false, digits);
        return long.TryParse(digits[..count], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out value);
    }

    /// <summary>Without the blanks around it.</summary>
    public static ReadOnlySpan<byte> Trim(ReadOnlySpan<byte> field) => field.Trim(" \t"u8);

    /// <summary>The field as UTF-8, as texts travel; returns its length. Latin-1 characters take two bytes at most.</summary>
    public static int ToUtf8(ReadOnlySpan<byte> field, Span<byte> utf8)
    {
        var length = 0;
        foreach (var character in field)
        {
            if (length + 2 > utf8.Length)
            {
                return length;
            }

            if (character < 0x80)
            {
                utf8[length++] = character;
                continue;
            }

            utf8[length++] = (byte)(0xC0 | (character >> 6));
            utf8[length++] = (byte)(0x80 | (character & 0x3F));
        }

        return length;
    }

    /// <summary>Copies the number without blanks at its ends and behind its sign; 0 characters when it is none.</summary>
    private static int Tidy(ReadOnlySpan<byte> field, bool decimalComma, Span<byte> digits)
    {
        var text = Trim(field);
        if (text.Length > digits.Length)
        {
            return 0;
        }

        var count = 0;
        if (!text.IsEmpty && text[0] is (byte)'+' or (byte)'-')
        {
            digits[count++] = text[0];
            text = text[1..].TrimStart(" \t"u8);
        }

        text.CopyTo(digits[count..]);
        count += text.Length;
        if (decimalComma)
        {
            // A dot would be a separator of thousands; nobody sends them, so it stays and the number is refused.
            digits[..count].Replace((byte)'.', (byte)'?');
            digits[..count].Replace((byte)',', (byte)'.');
        }

        return count;
    }
}
