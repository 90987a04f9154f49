using IndustrieFutur.Edge.Core.Sampling;
using IndustrieFutur.Edge.Protocols.Framed;

namespace IndustrieFutur.Edge.Drivers.Framed;

/// <summary>One signal as the driver reads it out of a message: bound at start-up, allocates nothing but where its regular expression does.</summary>
internal sealed class FramedSignal
{
    private readonly int _index;
    private readonly FramedType _type;
    private readonly byte[] _when;
    private readonly byte[] _equalTo;
    private readonly bool _decimalComma;
    private readonly BinaryField? _binary;
    private readonly int? _bit;
    private readonly FieldCut _cut;
    private readonly byte[] _utf8;

    public FramedSignal(int index, FramedSignalOptions options)
    {
        _index = index;
        _type = options.Type;
        _when = FrameOptions.Bytes(options.When);
        _equalTo = FrameOptions.Bytes(options.EqualTo ?? "");
        _decimalComma = options.DecimalComma;
        _binary = options.Binary;
        _bit = options.Cut?.Bit;
        _cut = MakeCut(options.Cut);
        _utf8 = new byte[_type == FramedType.Text ? options.TextBytes : 0];
    }

    /// <summary>Whether messages like this one carry the signal.</summary>
    public bool IsIn(ReadOnlySpan<byte> frame) => frame.StartsWith(_when);

    /// <summary>Writes the value that the message carries, or that it could not be read.</summary>
    public void Write(ReadOnlySpan<byte> frame, SampleWriter writer, long arrivalMonoNanos)
    {
        if (_binary is { } field)
        {
            var isRead = TryBinary(field, frame, out var number);
            writer.Write(_index, isRead ? StatusCode.Good : StatusCode.BadDecodingError, number, arrivalMonoNanos);
            return;
        }

        if (!_cut.TryCut(frame, out var text))
        {
            writer.Write(_index, StatusCode.BadDecodingError, 0, arrivalMonoNanos);
            return;
        }

        if (_type == FramedType.Text)
        {
            var length = FieldValue.ToUtf8(FieldValue.Trim(text), _utf8);
            writer.WriteText(_index, StatusCode.Good, _utf8.AsSpan(0, length), arrivalMonoNanos);
            return;
        }

        var isValue = TryText(text, out var bits);
        writer.Write(_index, isValue ? StatusCode.Good : StatusCode.BadDecodingError, bits, arrivalMonoNanos);
    }

    public void WriteBad(SampleWriter writer, uint status, long monoNow) => writer.Write(_index, status, 0, monoNow);

    private static FieldCut MakeCut(CutOptions? options)
    {
        if (options is null)
        {
            return FieldCut.Whole();
        }

        return options.TryMakeTextCut(out var cut, out var error) && cut is not null ? cut : throw new InvalidOperationException(error);
    }

    private bool TryBinary(BinaryField field, ReadOnlySpan<byte> frame, out long bits)
    {
        var isRead = field.TryRead(frame, out bits);
        if (_type == FramedType.Bool)
        {
            var mask = _bit is { } bit ? 1L << bit : byte.MaxValue;
            bits = (bits & mask) != 0 ? 1 : 0;
        }

        return isRead;
    }

    private bool TryText(ReadOnlySpan<byte> text, out long bits)
    {
        switch (_type)
        {
            case FramedType.Bool:
                bits = FieldValue.Trim(text).SequenceEqual(_equalTo) ? 1 : 0;
                return true;
            case FramedType.I64:
                return FieldValue.TryWhole(text, out bits);
            default:
                var isNumber = FieldValue.TryNumber(text, _decimalComma, out var number);
                bits = isNumber ? BitConverter.DoubleToInt64Bits(number) : 0;
                return isNumber;
        }
    }
}
