using IndustrieFutur.Edge.Core.Sampling;
using IndustrieFutur.Edge.Protocols.Framed;
using IndustrieFutur.Edge.Protocols.OpenProtocol;

namespace IndustrieFutur.Edge.Drivers.OpenProtocol;

/// <summary>One signal as the driver takes it out of a message: bound at start-up, allocates nothing. Every write says whether the ring took it.</summary>
internal sealed class OpenProtocolSignal(int index, OpenProtocolField source, int textBytes)
{
    private const double Hundredths = 100;

    /// <summary>The error code of MID 0071, behind its parameter number.</summary>
    private const int AlarmCodeAt = OpenProtocolHeader.Bytes + 2;
    private const int AlarmCodeBytes = 4;

    private readonly TighteningField? _place = PlaceOf(source);
    private readonly byte[] _utf8 = new byte[Math.Max(2, textBytes)];

    public bool IsOfAlarms => source == OpenProtocolField.Alarm;

    /// <summary>Writes what the message carries; false: the ring was full.</summary>
    public bool TryWrite(ReadOnlySpan<byte> message, SampleWriter writer, long arrivalMonoNanos)
    {
        if (_place is not { } place)
        {
            return message.Length >= AlarmCodeAt + AlarmCodeBytes
                ? TryWriteText(message.Slice(AlarmCodeAt, AlarmCodeBytes), writer, arrivalMonoNanos)
                : TryWriteBad(writer, StatusCode.BadDecodingError, arrivalMonoNanos);
        }

        if (!TighteningField.AreIn(message))
        {
            return TryWriteBad(writer, StatusCode.BadDecodingError, arrivalMonoNanos);
        }

        if (source is OpenProtocolField.Vin or OpenProtocolField.Time)
        {
            return TryWriteText(place.Of(message), writer, arrivalMonoNanos);
        }

        return OpenProtocolText.TryNumber(place.Of(message), out var number)
            ? writer.Write(index, StatusCode.Good, BitsOf(number), arrivalMonoNanos)
            : TryWriteBad(writer, StatusCode.BadDecodingError, arrivalMonoNanos);
    }

    private static TighteningField? PlaceOf(OpenProtocolField field) => field switch
    {
        OpenProtocolField.Torque => TighteningField.Torque,
        OpenProtocolField.TorqueTarget => TighteningField.TorqueTarget,
        OpenProtocolField.TorqueMin => TighteningField.TorqueMin,
        OpenProtocolField.TorqueMax => TighteningField.TorqueMax,
        OpenProtocolField.TorqueStatus => TighteningField.TorqueStatus,
        OpenProtocolField.Angle => TighteningField.Angle,
        OpenProtocolField.AngleTarget => TighteningField.AngleTarget,
        OpenProtocolField.AngleMin => TighteningField.AngleMin,
        OpenProtocolField.AngleMax => TighteningField.AngleMax,
        OpenProtocolField.AngleStatus => TighteningField.AngleStatus,
        OpenProtocolField.Ok => TighteningField.Ok,
        OpenProtocolField.Id => TighteningField.Id,
        OpenProtocolField.Vin => TighteningField.Vin,
        OpenProtocolField.Job => TighteningField.Job,
        OpenProtocolField.ParameterSet => TighteningField.ParameterSet,
        OpenProtocolField.BatchSize => TighteningField.BatchSize,
        OpenProtocolField.BatchCounter => TighteningField.BatchCounter,
        OpenProtocolField.BatchStatus => TighteningField.BatchStatus,
        OpenProtocolField.Time => TighteningField.Time,
        _ => null,
    };

    private long BitsOf(long number) => source switch
    {
        OpenProtocolField.Torque or OpenProtocolField.TorqueTarget or OpenProtocolField.TorqueMin or OpenProtocolField.TorqueMax =>
            BitConverter.DoubleToInt64Bits(number / Hundredths),
        OpenProtocolField.Angle or OpenProtocolField.AngleTarget or OpenProtocolField.AngleMin or OpenProtocolField.AngleMax =>
            BitConverter.DoubleToInt64Bits(number),
        OpenProtocolField.Ok => number == 1 ? 1 : 0,
        _ => number,
    };

    private bool TryWriteText(ReadOnlySpan<byte> text, SampleWriter writer, long arrivalMonoNanos)
    {
        var length = FieldValue.ToUtf8(FieldValue.Trim(text), _utf8);
        return writer.WriteText(index, StatusCode.Good, _utf8.AsSpan(0, length), arrivalMonoNanos);
    }

    private bool TryWriteBad(SampleWriter writer, uint status, long monoNow) => writer.Write(index, status, 0, monoNow);
}
