using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using IndustrieFutur.Edge.Core.Configuration;
using IndustrieFutur.Edge.Core.Sampling;
using IndustrieFutur.Edge.Protocols.Rtde;

namespace IndustrieFutur.Edge.Drivers.Rtde;

/// <summary>One signal of a controller: the field, and which part of it.</summary>
public sealed class RtdeSignalOptions : SignalOptions
{
    private static readonly RtdeFieldType[] OfBits = [RtdeFieldType.UInt8, RtdeFieldType.UInt32, RtdeFieldType.UInt64];

    [Required]
    [MaxLength(128)]
    [Description("The output field by its exact name in the controller's RTDE guide, capitals included, such as \"actual_q\"; "
        + "\"norm(actual_TCP_speed)\" is the length of a vector's first three numbers, here the speed of the tool in m/s.")]
    public string Field { get; init; } = "";

    [Range(0, 5)]
    [Description("Which number of a vector, counted from 0; joints are 0 base to 5 wrist 3.")]
    public int? Index { get; init; }

    [Range(0, 63)]
    [Description("One bit of a field of bits, counted from 0; the signal is then a bool. \"safety_status_bits\", bit 7: emergency stopped.")]
    public int? Bit { get; init; }

    [Description("Several bits of a field of bits: true when one of them is set. \"safety_status_bits\", [2, 4]: protective or safeguard stopped.")]
    public IReadOnlyList<int>? Bits { get; init; }

    [Description("The field's type in the controller's guide. Only for a field that this program does not know; the controller's answer is held against it.")]
    public RtdeFieldType? FieldType { get; init; }

    /// <inheritdoc/>
    public override ValueKind RawKind => Reading switch
    {
        _ when Mask != 0 => ValueKind.Boolean,
        RtdeReading.Bool => ValueKind.Boolean,
        RtdeReading.UInt64 => ValueKind.UInt64,
        RtdeReading.Double or RtdeReading.Norm => ValueKind.Float64,
        _ => ValueKind.Int64,
    };

    internal RtdeFieldName FieldName => RtdeFieldName.Parse(Field);

    /// <summary>By the table of fields, else as it is written.</summary>
    internal RtdeFieldType Type => RtdeFields.TryFind(FieldName.Name, out var known) ? known : FieldType ?? RtdeFieldType.Double;

    internal RtdeReading Reading => FieldName.IsNorm ? RtdeReading.Norm : RtdeFieldTypes.ElementOf(Type) switch
    {
        RtdeFieldType.Bool => RtdeReading.Bool,
        RtdeFieldType.UInt8 => RtdeReading.UInt8,
        RtdeFieldType.UInt32 => RtdeReading.UInt32,
        RtdeFieldType.UInt64 => RtdeReading.UInt64,
        RtdeFieldType.Int32 => RtdeReading.Int32,
        _ => RtdeReading.Double,
    };

    /// <summary>The bits that are looked at; 0 when the value is wanted whole.</summary>
    internal ulong Mask => (Bits ?? []).Append(Bit ?? -1).Where(static bit => bit is >= 0 and < 64).Aggregate(0ul, static (mask, bit) => mask | (1ul << bit));

    /// <summary>Where the part begins within its field.</summary>
    internal int OffsetInField => (Index ?? 0) * RtdeFieldTypes.ElementBytesOf(Type);

    /// <summary>The rules between the signal's keys.</summary>
    internal void CheckIn(Mistakes mistakes)
    {
        // A missing name has its own sentence.
        if (Field.Length == 0)
        {
            return;
        }

        if (!FieldName.IsWellFormed)
        {
            mistakes.Add($"\"{Field}\" is no name of a field; write it as in the controller's RTDE guide, such as \"actual_q\", or \"norm(actual_TCP_speed)\"", "field");
            return;
        }

        if (!CheckType(mistakes))
        {
            return;
        }

        CheckPart(mistakes);
        CheckBits(mistakes);
    }

    private bool CheckType(Mistakes mistakes)
    {
        var isKnown = RtdeFields.TryFind(FieldName.Name, out var known);
        if (!isKnown && FieldType is null)
        {
            var nearest = FieldName.Nearest() is { } meant ? $"write \"{meant}\" if that is meant, or" : "correct it, or";
            mistakes.Add($"the field \"{FieldName.Name}\" is not among the documented ones; {nearest} add \"fieldType\" when your controller's guide has it", "field");
            return false;
        }

        if (isKnown && FieldType is { } written && written != known)
        {
            mistakes.Add($"the field \"{FieldName.Name}\" is {RtdeFieldTypes.NameOf(known)}; remove \"fieldType\"", "fieldType");
            return false;
        }

        return true;
    }

    private void CheckPart(Mistakes mistakes)
    {
        var elements = RtdeFieldTypes.ElementsOf(Type);
        var name = $"the field \"{FieldName.Name}\" is {RtdeFieldTypes.NameOf(Type)}";
        if (FieldName.IsNorm && (elements < 3 || RtdeFieldTypes.ElementOf(Type) != RtdeFieldType.Double))
        {
            mistakes.Add($"{name}, which has no length; \"norm(...)\" takes a VECTOR3D or VECTOR6D", "field");
        }

        if (FieldName.IsNorm && Index is not null)
        {
            mistakes.Add("a length is of the vector and not of one of its numbers; remove \"index\", or \"norm(...)\"", "index");
        }

        if (!FieldName.IsNorm && elements > 1 && Index is null)
        {
            mistakes.Add($"{name} and a signal is one number; add \"index\": 0 to {elements - 1}", "index");
        }

        if (!FieldName.IsNorm && Index is not null && (elements == 1 || Index >= elements))
        {
            mistakes.Add(elements == 1 ? $"{name}, one value; remove \"index\"" : $"{name} and ends at {elements - 1}; correct \"index\"", "index");
        }
    }

    private void CheckBits(Mistakes mistakes)
    {
        if (Bit is not null && Bits is not null)
        {
            mistakes.Add("the signal names its bits twice, by \"bit\" and by \"bits\"; remove one", "bits");
        }

        if (Bits is { Count: 0 })
        {
            mistakes.Add("the list is empty; write the bits one of which is to be set, such as [2, 4], or remove it", "bits");
        }

        if (Bit is null && Bits is null)
        {
            return;
        }

        var key = Bit is not null ? "bit" : "bits";
        if (FieldName.IsNorm || !OfBits.Contains(RtdeFieldTypes.ElementOf(Type)))
        {
            mistakes.Add($"the field \"{FieldName.Name}\" is {RtdeFieldTypes.NameOf(Type)}, which has no bits; remove \"{key}\"", key);
            return;
        }

        var width = 8 * RtdeFieldTypes.ElementBytesOf(Type);
        foreach (var bit in (Bits ?? []).Append(Bit ?? 0).Where(bit => bit < 0 || bit >= width))
        {
            mistakes.Add($"the field \"{FieldName.Name}\" is {RtdeFieldTypes.NameOf(Type)}, whose bits are 0 to {width - 1}; {bit} is none of them", key);
        }
    }
}
