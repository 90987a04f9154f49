using System.Text;

namespace IndustrieFutur.Edge.Protocols.Rtde;

/// <summary>What each package of data holds and where: computed once from the types that the controller answered, for reading by fixed offsets.</summary>
public sealed class RtdeRecipe
{
    private RtdeRecipe(byte id, RtdeRecipeField[] fields, int bytes)
    {
        Id = id;
        Fields = fields;
        Bytes = bytes;
        IsUsable = Array.TrueForAll(fields, static field => field.Type is not null);
    }

    /// <summary>The number that the controller gave it; the first byte of each package.</summary>
    public byte Id { get; }

    /// <summary>In the order of the names that were asked for.</summary>
    public IReadOnlyList<RtdeRecipeField> Fields { get; }

    /// <summary>The length of a package's values.</summary>
    public int Bytes { get; }

    /// <summary>Every field has a type. One that has none makes the whole recipe useless: the controller sends nothing of it.</summary>
    public bool IsUsable { get; }

    /// <summary>The answer to a recipe of version 2. False: it does not answer these names.</summary>
    public static bool TryParse(IReadOnlyList<string> names, ReadOnlySpan<byte> payload, out RtdeRecipe recipe)
    {
        ArgumentNullException.ThrowIfNull(names);
        var answers = payload.IsEmpty ? [] : Encoding.Latin1.GetString(payload[1..]).Split(',');
        var fields = new RtdeRecipeField[names.Count];
        var offset = 0;
        for (var i = 0; i < names.Count && answers.Length == names.Count; i++)
        {
            RtdeFieldType? type = RtdeFieldTypes.TryParse(answers[i], out var known) ? known : null;
            fields[i] = new RtdeRecipeField(names[i], answers[i], type, offset);
            offset += type is null ? 0 : RtdeFieldTypes.BytesOf(known);
        }

        var isAnswer = answers.Length == names.Count;
        recipe = new RtdeRecipe(isAnswer ? payload[0] : (byte)0, isAnswer ? fields : [], offset);
        return isAnswer;
    }
}
