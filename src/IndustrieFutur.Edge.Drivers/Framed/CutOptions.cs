using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using IndustrieFutur.Edge.Core.Configuration;
using IndustrieFutur.Edge.Protocols.Framed;

namespace IndustrieFutur.Edge.Drivers.Framed;

/// <summary>Where in a message a value stands: by position, by separator, by regular expression, or by offset in a binary one.</summary>
public sealed class CutOptions : IChecked
{
    private const string Blanks = "blanks";

    /// <summary>Far beyond the fields of any message; a number like that is a slip.</summary>
    private const int PlaceMax = 4_096;

    [Range(1, PlaceMax)]
    [Description("First character of the field; the message begins with 1.")]
    public int? Position { get; init; }

    [Range(1, PlaceMax)]
    [Description("Characters of the field, with \"position\"; without it the field goes to the message's end.")]
    public int? Length { get; init; }

    [Description("What stands between fields: \"blanks\" (several count as one) or one character such as \";\".")]
    public string? Separator { get; init; }

    [Range(1, PlaceMax)]
    [Description("Which field between separators; the first is 1.")]
    public int? Index { get; init; }

    [Description("A regular expression without look-around; it runs in linear time.")]
    public string? Regex { get; init; }

    [Range(0, 99)]
    [Description("Which group of the regular expression; 0, the whole match, allocates nothing.")]
    public int Group { get; init; }

    [Range(0, PlaceMax)]
    [Description("Bytes before the value in a binary message, sync bytes included.")]
    public int? Offset { get; init; }

    [Description("Order of the bytes of a binary number: little (lowest first) or big.")]
    public ByteOrder Order { get; init; } = ByteOrder.Little;

    [Range(0, 7)]
    [Description("Which bit of the byte at \"offset\" a bool is, 0 the lowest; without it every value but 0 is true.")]
    public int? Bit { get; init; }

    /// <inheritdoc/>
    public void Check(Mistakes mistakes)
    {
        ArgumentNullException.ThrowIfNull(mistakes);
        var ways = (Position is null ? 0 : 1) + (Separator is null ? 0 : 1) + (Regex is null ? 0 : 1) + (Offset is null ? 0 : 1);
        if (ways != 1)
        {
            mistakes.Add("a field is found in one way; write \"position\", \"separator\" with \"index\", \"regex\" or \"offset\"");
            return;
        }

        if ((Separator is null) != (Index is null))
        {
            mistakes.Add("\"separator\" and \"index\" go together; one is missing", Separator is null ? "separator" : "index");
            return;
        }

        if (Length is not null && Position is null)
        {
            mistakes.Add("a length needs \"position\"; add it, or remove \"length\"", "length");
        }

        if (Offset is null && !TryMakeTextCut(out _, out var error))
        {
            mistakes.Add(error, Regex is null ? "separator" : "regex");
        }
    }

    /// <summary>The cut of a text field; for checked options without offset it is always there.</summary>
    internal bool TryMakeTextCut(out FieldCut? cut, out string error)
    {
        error = "";
        if (Regex is { } pattern)
        {
            return FieldCut.TryByRegex(pattern, Group, out cut, out error);
        }

        if (Separator is not { } separator)
        {
            cut = FieldCut.ByPosition(Position ?? 1, Length ?? int.MaxValue);
            return true;
        }

        if (separator == Blanks)
        {
            cut = FieldCut.ByBlanks(Index ?? 1);
            return true;
        }

        if (!FrameText.TryParse(separator, out var bytes, out error) || bytes.Length != 1)
        {
            cut = null;
            error = error.Length > 0 ? error : $"\"{separator}\" is not one character; write one, or \"{Blanks}\"";
            return false;
        }

        cut = FieldCut.BySeparator(bytes[0], Index ?? 1);
        return true;
    }
}
