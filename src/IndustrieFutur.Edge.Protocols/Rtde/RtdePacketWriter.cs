using System.Buffers.Binary;
using System.Text;

namespace IndustrieFutur.Edge.Protocols.Rtde;

/// <summary>Writes the packets of both ends, but for data, into a buffer of <see cref="RtdeLimits.ControlBytesMax"/> bytes, one at a time.</summary>
public sealed class RtdePacketWriter
{
    private readonly byte[] _buffer = new byte[RtdeLimits.ControlBytesMax];

    /// <summary>The client's question and nothing else.</summary>
    public ReadOnlySpan<byte> Bare(RtdePacketType type) => Close(type, RtdeLimits.HeaderBytes);

    /// <summary>Accepted or not: the answer to a version, a start and a pause.</summary>
    public ReadOnlySpan<byte> Accepted(RtdePacketType type, bool isAccepted)
    {
        _buffer[RtdeLimits.HeaderBytes] = isAccepted ? (byte)1 : (byte)0;
        return Close(type, RtdeLimits.HeaderBytes + 1);
    }

    public ReadOnlySpan<byte> RequestProtocolVersion(int version)
    {
        BinaryPrimitives.WriteUInt16BigEndian(_buffer.AsSpan(RtdeLimits.HeaderBytes), (ushort)version);
        return Close(RtdePacketType.RequestProtocolVersion, RtdeLimits.HeaderBytes + 2);
    }

    public ReadOnlySpan<byte> ControllerVersion(RtdeControllerVersion version)
    {
        var at = _buffer.AsSpan(RtdeLimits.HeaderBytes);
        BinaryPrimitives.WriteUInt32BigEndian(at, version.Major);
        BinaryPrimitives.WriteUInt32BigEndian(at[4..], version.Minor);
        BinaryPrimitives.WriteUInt32BigEndian(at[8..], version.Bugfix);
        BinaryPrimitives.WriteUInt32BigEndian(at[12..], version.Build);
        return Close(RtdePacketType.GetControllerVersion, RtdeLimits.HeaderBytes + RtdeControllerVersion.Bytes);
    }

    /// <summary>The recipe as the client wants it: names with commas between, no blanks.</summary>
    public ReadOnlySpan<byte> SetupOutputs(double frequency, string names)
    {
        ArgumentNullException.ThrowIfNull(names);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(names.Length, RtdeLimits.NamesBytesMax);
        BinaryPrimitives.WriteDoubleBigEndian(_buffer.AsSpan(RtdeLimits.HeaderBytes), frequency);
        var length = Encoding.ASCII.GetBytes(names, _buffer.AsSpan(RtdeLimits.HeaderBytes + 8));
        return Close(RtdePacketType.SetupOutputs, RtdeLimits.HeaderBytes + 8 + length);
    }

    /// <summary>The controller's answer to it: the types, in the order of the names. Version 1 has no number of the recipe (null).</summary>
    public ReadOnlySpan<byte> OutputTypes(byte? recipe, string types) => Types(RtdePacketType.SetupOutputs, recipe, types);

    /// <summary>The controller's answer to a recipe of inputs: 0 and NOT_FOUND or IN_USE among the types when it takes none of it.</summary>
    public ReadOnlySpan<byte> InputTypes(byte recipe, string types) => Types(RtdePacketType.SetupInputs, recipe, types);

    /// <summary>A text as version 2 has it: message and source, each behind its length; longer ones are cut.</summary>
    public ReadOnlySpan<byte> Text(RtdeText text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var end = PutText(text.Source, PutText(text.Message, RtdeLimits.HeaderBytes));
        _buffer[end] = (byte)text.Level;
        return Close(RtdePacketType.TextMessage, end + 1);
    }

    /// <summary>A text as version 1 has it: the level, then the message to the end.</summary>
    public ReadOnlySpan<byte> TextOfVersion1(RtdeText text)
    {
        ArgumentNullException.ThrowIfNull(text);
        _buffer[RtdeLimits.HeaderBytes] = (byte)text.Level;
        var message = Cut(text.Message);
        return Close(RtdePacketType.TextMessage, RtdeLimits.HeaderBytes + 1 + Encoding.Latin1.GetBytes(message, _buffer.AsSpan(RtdeLimits.HeaderBytes + 1)));
    }

    private ReadOnlySpan<byte> Types(RtdePacketType type, byte? recipe, string types)
    {
        var start = RtdeLimits.HeaderBytes;
        if (recipe is { } id)
        {
            _buffer[start++] = id;
        }

        return Close(type, start + Encoding.ASCII.GetBytes(types, _buffer.AsSpan(start)));
    }

    private static ReadOnlySpan<char> Cut(string text) => text.AsSpan(0, Math.Min(text.Length, byte.MaxValue));

    private int PutText(string text, int at)
    {
        var length = Encoding.Latin1.GetBytes(Cut(text), _buffer.AsSpan(at + 1));
        _buffer[at] = (byte)length;
        return at + 1 + length;
    }

    private ReadOnlySpan<byte> Close(RtdePacketType type, int length)
    {
        BinaryPrimitives.WriteUInt16BigEndian(_buffer, (ushort)length);
        _buffer[2] = (byte)type;
        return _buffer.AsSpan(0, length);
    }
}
