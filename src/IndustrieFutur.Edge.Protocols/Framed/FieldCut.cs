using System.Diagnostics.CodeAnalysis;

namespace IndustrieFutur.Edge.Protocols.Framed;

/// <summary>Finds one field in a message of text. Made at start-up, used for each message by one thread.</summary>
public abstract class FieldCut
{
    private protected FieldCut()
    {
    }

    /// <summary>False when the message has no such field. The field is valid until the next message or the next cut.</summary>
    public abstract bool TryCut(ReadOnlySpan<byte> frame, out ReadOnlySpan<byte> field);

    /// <summary>The whole message.</summary>
    public static FieldCut Whole() => new PositionCut(1, int.MaxValue);

    /// <summary>By place: the first character is 1, as manuals count. Shorter messages end the field early, or have none.</summary>
    public static FieldCut ByPosition(int first, int length) => new PositionCut(first, length);

    /// <summary>The n-th field between blanks (a run of them is one separator); the first is 1.</summary>
    public static FieldCut ByBlanks(int index) => new BlankCut(index);

    /// <summary>The n-th field between a character, each of which separates; the first is 1.</summary>
    public static FieldCut BySeparator(byte separator, int index) => new SeparatorCut(separator, index);

    /// <summary>By regular expression; false with a sentence when it is none that runs in linear time, or lacks the group.</summary>
    public static bool TryByRegex(string pattern, int group, [NotNullWhen(true)] out FieldCut? cut, out string error) =>
        RegexCut.TryMake(pattern, group, out cut, out error);
}
