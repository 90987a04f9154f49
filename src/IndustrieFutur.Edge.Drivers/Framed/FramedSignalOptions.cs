using System.ComponentModel;
using IndustrieFutur.Edge.Core.Configuration;
using IndustrieFutur.Edge.Core.Sampling;
using IndustrieFutur.Edge.Protocols.Framed;

namespace IndustrieFutur.Edge.Drivers.Framed;

/// <summary>One signal of a framed device: in which messages it stands, where, and what it is.</summary>
public sealed class FramedSignalOptions : SignalOptions
{
    [Description("Where in the message the value stands; without it, the whole message.")]
    public CutOptions? Cut { get; init; }

    [Description("What the value is: f64, i64, bool or text from text; u8 to i32, f32, f64, i64 or bool from bytes at an \"offset\".")]
    public FramedType Type { get; init; } = FramedType.F64;

    [Description("Only messages that begin so carry the signal; the escapes \\r \\n \\t \\0 \\\\ \\xHH are known.")]
    public string When { get; init; } = "";

    [Description("The text that means true; for a bool from text.")]
    public string? EqualTo { get; init; }

    [Description("The device writes 12,5 for twelve and a half.")]
    public bool DecimalComma { get; init; }

    /// <inheritdoc/>
    public override ValueKind RawKind => Type switch
    {
        FramedType.F64 or FramedType.F32 => ValueKind.Float64,
        FramedType.Bool => ValueKind.Boolean,
        FramedType.Text => ValueKind.Text,
        _ => ValueKind.Int64,
    };

    private bool IsOfText => Type is FramedType.F64 or FramedType.I64 or FramedType.Bool or FramedType.Text;

    /// <summary>The number at the cut's offset, for a checked signal that has one.</summary>
    internal BinaryField? Binary => Cut is not { Offset: { } offset } ? null : new BinaryField(offset, BinaryTypeOf(Type), Cut.Order == ByteOrder.Big);

    /// <summary>What may not be said of a signal in messages of this form.</summary>
    internal void CheckIn(FrameOptions frame, Mistakes mistakes)
    {
        if (!FrameText.TryParse(When, out _, out var whenError))
        {
            mistakes.Add(whenError, "when");
        }

        if (EqualTo is not null && !FrameText.TryParse(EqualTo, out _, out var equalError))
        {
            mistakes.Add(equalError, "equalTo");
        }

        if (Binary is { } field)
        {
            CheckBinary(field, frame, mistakes);
            return;
        }

        CheckText(mistakes);
    }

    private static BinaryType BinaryTypeOf(FramedType type) => type switch
    {
        FramedType.I8 => BinaryType.I8,
        FramedType.U16 => BinaryType.U16,
        FramedType.I16 => BinaryType.I16,
        FramedType.U32 => BinaryType.U32,
        FramedType.I32 => BinaryType.I32,
        FramedType.I64 => BinaryType.I64,
        FramedType.F32 => BinaryType.F32,
        FramedType.F64 => BinaryType.F64,
        _ => BinaryType.U8,
    };

    private void CheckBinary(BinaryField field, FrameOptions frame, Mistakes mistakes)
    {
        if (Type == FramedType.Text)
        {
            mistakes.Add("a text is cut by characters; write \"position\" and \"length\" instead of \"offset\"", "cut");
        }

        if (EqualTo is not null)
        {
            mistakes.Add("\"equalTo\" compares text; a bool at an offset takes \"bit\"", "equalTo");
        }

        if (frame.Kind == FrameKind.Fixed && frame.Length is { } length && field.Offset + field.Length > length)
        {
            mistakes.Add($"the value ends at byte {field.Offset + field.Length} of a message of {length}; correct \"offset\", \"type\" or the frame's \"length\"", "cut", "offset");
        }

        if (Cut is { Bit: not null } && Type != FramedType.Bool)
        {
            mistakes.Add("a bit is a bool; write \"type\": \"bool\", or remove \"bit\"", "cut", "bit");
        }
    }

    private void CheckText(Mistakes mistakes)
    {
        if (!IsOfText)
        {
            mistakes.Add("a binary number needs its place; write \"cut\": {\"offset\": ...}, or \"type\": \"f64\" or \"i64\" for a number in text", "type");
        }

        if ((Type == FramedType.Bool) != (EqualTo is not null))
        {
            mistakes.Add("a bool from text and \"equalTo\" go together: the text that means true; one is missing", EqualTo is null ? "equalTo" : "type");
        }

        if (Cut is { Bit: not null })
        {
            mistakes.Add("a bit needs \"offset\", the byte it stands in; add it, or remove \"bit\"", "cut", "bit");
        }
    }
}
