namespace IndustrieFutur.Edge.Core.Sampling;

/// <summary>Cuts a UTF-8 text to a width without cutting a character: half of one would make the whole text unreadable downstream.</summary>
[HotPath]
internal static class TextCut
{
    /// <summary>How many bytes of the text fit.</summary>
    public static int Length(ReadOnlySpan<byte> text, int max)
    {
        if (text.Length <= max)
        {
            return text.Length;
        }

        // A byte 10xxxxxx carries on a character (RFC 3629, 3): go back to where one begins.
        var length = max;
        while (length > 0 && (text[length] & 0xC0) == 0x80)
        {
            length--;
        }

        return length;
    }
}
