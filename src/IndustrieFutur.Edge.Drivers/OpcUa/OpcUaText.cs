using System.Buffers.Text;
using System.Globalization;
using System.Text;
using IndustrieFutur.Edge.OpcUa.Client;
using IndustrieFutur.Edge.OpcUa.Types;

namespace IndustrieFutur.Edge.Drivers.OpcUa;

/// <summary>Values as texts, UTF-8: texts, names and numbers without garbage, ids and times with a little.</summary>
internal sealed class OpcUaText
{
    /// <summary>The longest number in digits, a double with sign and exponent, takes 24.</summary>
    private readonly byte[] _digits = new byte[32];

    /// <summary>A scalar of a notification. False: it is nothing that reads as a text.</summary>
    public bool TryWrite(in NotifiedValue value, out ReadOnlySpan<byte> text)
    {
        text = default;
        switch (value.Type)
        {
            case BuiltInType.String or BuiltInType.XmlElement:
                text = value.Raw;
                return true;
            case BuiltInType.LocalizedText:
                text = LocalizedText(value.Raw);
                return true;
            case BuiltInType.QualifiedName:
                var name = new UaReader(value.Raw);
                name.ReadUInt16();
                text = name.ReadUtf8(out _);
                return true;
            case BuiltInType.Boolean:
                text = value.Bits != 0 ? "true"u8 : "false"u8;
                return true;
            case BuiltInType.Float or BuiltInType.Double:
                return TryDigits(Utf8Formatter.TryFormat(value.AsDouble, _digits, out var real), real, out text);
            case BuiltInType.UInt64:
                return TryDigits(Utf8Formatter.TryFormat((ulong)value.Bits, _digits, out var natural), natural, out text);
            case >= BuiltInType.SByte and <= BuiltInType.Int64:
                return TryDigits(Utf8Formatter.TryFormat(value.Bits, _digits, out var whole), whole, out text);
            case BuiltInType.DateTime:
                text = Time(value.Bits);
                return true;
            case BuiltInType.StatusCode:
                text = Encoding.UTF8.GetBytes(StatusCodes.NameOf((uint)value.Bits));
                return true;
            default:
                return TryOther(value.Encoded, out text);
        }
    }

    /// <summary>A scalar that was read or taken out of a structure. False: it is nothing that reads as a text.</summary>
    public static bool TryWrite(Variant value, out ReadOnlySpan<byte> text)
    {
        text = value.Value switch
        {
            string plain => Encoding.UTF8.GetBytes(plain),
            LocalizedText localized => Encoding.UTF8.GetBytes(localized.Text ?? ""),
            QualifiedName name => Encoding.UTF8.GetBytes(name.Name ?? ""),
            long wire when value.Type == BuiltInType.DateTime => Time(wire),
            uint status when value.Type == BuiltInType.StatusCode => Encoding.UTF8.GetBytes(StatusCodes.NameOf(status)),
            ExtensionObject or DataValue => default,
            null => default,
            _ => Encoding.UTF8.GetBytes(value.ToString()),
        };
        return !value.IsArray && value.Type is not (BuiltInType.ExtensionObject or BuiltInType.DataValue or BuiltInType.Variant or BuiltInType.DiagnosticInfo);
    }

    private bool TryDigits(bool isWritten, int length, out ReadOnlySpan<byte> text)
    {
        text = _digits.AsSpan(0, length);
        return isWritten;
    }

    /// <summary>The mask's bits say which parts follow: 1 the locale, 2 the text (OPC UA Part 6, 5.2.2.14).</summary>
    private static ReadOnlySpan<byte> LocalizedText(ReadOnlySpan<byte> raw)
    {
        var reader = new UaReader(raw);
        var mask = reader.ReadByte();
        if ((mask & 1) != 0)
        {
            reader.SkipString();
        }

        return (mask & 2) != 0 ? reader.ReadUtf8(out _) : default;
    }

    private static byte[] Time(long wire) => Encoding.UTF8.GetBytes(UaTime.ToDateTime(wire).ToString("yyyy-MM-dd'T'HH:mm:ss.fffffff'Z'", CultureInfo.InvariantCulture));

    private static bool TryOther(ReadOnlySpan<byte> encoded, out ReadOnlySpan<byte> text)
    {
        if (encoded.IsEmpty)
        {
            text = default;
            return false;
        }

        return TryWrite(new UaReader(encoded).ReadVariant(), out text);
    }
}
