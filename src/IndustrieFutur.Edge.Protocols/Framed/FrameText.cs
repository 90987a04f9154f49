using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace IndustrieFutur.Edge.Protocols.Framed;

/// <summary>Bytes as an integrator writes them: Latin-1 characters and the escapes \r \n \t \0 \\ \xHH.</summary>
public static class FrameText
{
    /// <summary>False with a sentence when the text cannot be bytes.</summary>
    public static bool TryParse(string text, [NotNullWhen(true)] out byte[]? bytes, out string error)
    {
        ArgumentNullException.ThrowIfNull(text);
        bytes = null;
        var parsed = new List<byte>(text.Length);
        for (var at = 0; at < text.Length;)
        {
            var taken = TakeOne(text.AsSpan(at), out var value);
            if (taken == 0)
            {
                error = text[at] == '\\'
                    ? $"\"{text[at..Math.Min(text.Length, at + 4)]}\" is no escape; write \\r, \\n, \\t, \\0, \\\\ or \\xHH (in JSON each backslash is written twice)"
                    : $"\"{text[at]}\" is no single byte; devices speak Latin-1, write \\xHH for the byte that is meant";
                return false;
            }

            parsed.Add(value);
            at += taken;
        }

        bytes = [.. parsed];
        error = "";
        return true;
    }

    private static int TakeOne(ReadOnlySpan<char> text, out byte value)
    {
        value = 0;
        if (text[0] != '\\')
        {
            value = (byte)text[0];
            return text[0] <= byte.MaxValue ? 1 : 0;
        }

        if (text.Length >= 4 && text[1] == 'x')
        {
            return byte.TryParse(text.Slice(2, 2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out value) ? 4 : 0;
        }

        var found = text.Length < 2 ? -1 : "rnt0\\".IndexOf(text[1], StringComparison.Ordinal);
        value = found < 0 ? (byte)0 : "\r\n\t\0\\"u8[found];
        return found < 0 ? 0 : 2;
    }
}
