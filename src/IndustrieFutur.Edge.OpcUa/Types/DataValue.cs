namespace IndustrieFutur.Edge.OpcUa.Types;

/// <summary>A value with its status and its times (OPC UA Part 4, 7.11). What is not among <see cref="Fields"/> was or will not be sent.</summary>
public sealed class DataValue
{
    private const uint BadDecodingError = 0x80070000;

    public DataValue()
    {
    }

    /// <summary>A value alone, as a client writes it: with a status or a time many servers refuse it.</summary>
    public DataValue(Variant value)
    {
        Value = value;
        Fields = DataValueFields.Value;
    }

    public DataValueFields Fields { get; set; }

    public Variant Value { get; set; }

    /// <summary>Raw StatusCode; absent on the wire means Good.</summary>
    public uint Status { get; set; }

    /// <summary>Raw DateTime; 0 = absent.</summary>
    public long SourceTimestamp { get; set; }

    /// <summary>Steps of 10 ps, 0 to 9,999.</summary>
    public ushort SourcePicoseconds { get; set; }

    /// <summary>Raw DateTime; 0 = absent.</summary>
    public long ServerTimestamp { get; set; }

    /// <summary>Steps of 10 ps, 0 to 9,999.</summary>
    public ushort ServerPicoseconds { get; set; }

    internal static DataValue Read(ref UaReader reader)
    {
        var value = new DataValue { Fields = (DataValueFields)reader.ReadByte() };
        var isRight = true;
        if (value.Has(DataValueFields.Value))
        {
            isRight = reader.TryReadVariant(out var variant);
            value.Value = variant;
        }

        // The order on the wire is not the order of the bits.
        value.Status = value.Has(DataValueFields.Status) ? reader.ReadStatusCode() : 0;
        value.SourceTimestamp = value.Has(DataValueFields.SourceTimestamp) ? reader.ReadDateTime() : 0;
        value.SourcePicoseconds = value.Has(DataValueFields.SourcePicoseconds) ? reader.ReadUInt16() : (ushort)0;
        value.ServerTimestamp = value.Has(DataValueFields.ServerTimestamp) ? reader.ReadDateTime() : 0;
        value.ServerPicoseconds = value.Has(DataValueFields.ServerPicoseconds) ? reader.ReadUInt16() : (ushort)0;
        if (!isRight)
        {
            // One odd matrix costs its own value, not the message that it came in.
            value.Fields |= DataValueFields.Status;
            value.Status = BadDecodingError;
        }

        return value;
    }

    internal void Write(ref UaWriter writer)
    {
        writer.WriteByte((byte)Fields);
        if (Has(DataValueFields.Value))
        {
            writer.WriteVariant(Value);
        }

        if (Has(DataValueFields.Status))
        {
            writer.WriteStatusCode(Status);
        }

        if (Has(DataValueFields.SourceTimestamp))
        {
            writer.WriteDateTime(SourceTimestamp);
        }

        if (Has(DataValueFields.SourcePicoseconds))
        {
            writer.WriteUInt16(SourcePicoseconds);
        }

        if (Has(DataValueFields.ServerTimestamp))
        {
            writer.WriteDateTime(ServerTimestamp);
        }

        if (Has(DataValueFields.ServerPicoseconds))
        {
            writer.WriteUInt16(ServerPicoseconds);
        }
    }

    private bool Has(DataValueFields field) => (Fields & field) != 0;
}
