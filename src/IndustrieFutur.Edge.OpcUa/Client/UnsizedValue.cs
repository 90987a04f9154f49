using IndustrieFutur.Edge.OpcUa.Types;

namespace IndustrieFutur.Edge.OpcUa.Client;

/// <summary>Values whose size is not their type's: texts, byte strings, structures, arrays, and none at all.</summary>
internal static class UnsizedValue
{
    /// <summary>Reads the Variant that the bytes begin with; returns how many bytes it takes.</summary>
    public static int Read(ReadOnlySpan<byte> bytes, ref NotifiedValue value)
    {
        var reader = new UaReader(bytes);
        VariantSkipper.Skip(ref reader);
        if (bytes[0] == 0)
        {
            return reader.Position;
        }

        value.Type = VariantSkipper.TypeOf(bytes[0]);
        value.IsArray = (bytes[0] & VariantSkipper.ArrayBit) != 0;
        value.Encoded = bytes[..reader.Position];
        value.Raw = value.Encoded[1..];
        if (!value.IsArray)
        {
            FindBody(ref value);
        }

        return reader.Position;
    }

    private static void FindBody(ref NotifiedValue value)
    {
        var reader = new UaReader(value.Raw);
        if (value.Type == BuiltInType.ExtensionObject)
        {
            reader.SkipNodeId();
            value.Raw = reader.ReadExtensionEncoding() == ExtensionObjectEncoding.None ? default : reader.ReadBytes(out _);
        }
        else if (value.Type is BuiltInType.String or BuiltInType.ByteString or BuiltInType.XmlElement)
        {
            value.Raw = reader.ReadBytes(out var isNull);
            value.Bits = isNull ? -1 : value.Raw.Length;
        }
    }
}
