namespace IndustrieFutur.Edge.OpcUa.Security.Pki;

/// <summary>Text out of a stranger's certificate, made fit for a sentence: it could be endless, or hold what steers a terminal.</summary>
internal static class PlainText
{
    /// <summary>A line of a terminal; longer names have told what they had to tell.</summary>
    private const int CharsMax = 160;

    public static string Of(string? text)
    {
        var shown = text is null ? "" : text.Length <= CharsMax ? text : text[..CharsMax] + "...";
        return string.Create(shown.Length, shown, static (plain, source) =>
        {
            for (var index = 0; index < plain.Length; index++)
            {
                plain[index] = IsPlain(source[index]) ? source[index] : '?';
            }
        });
    }

    private static bool IsPlain(char character) =>
        !char.IsControl(character) && !char.IsSurrogate(character) && char.GetUnicodeCategory(character) is not
            (System.Globalization.UnicodeCategory.Format or System.Globalization.UnicodeCategory.LineSeparator
                or System.Globalization.UnicodeCategory.ParagraphSeparator or System.Globalization.UnicodeCategory.OtherNotAssigned);
}
