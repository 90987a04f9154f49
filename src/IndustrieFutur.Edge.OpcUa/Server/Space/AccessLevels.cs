namespace IndustrieFutur.Edge.OpcUa.Server.Space;

/// <summary>The bits of the AccessLevel attribute (OPC UA Part 3, 8.57).</summary>
public static class AccessLevels
{
    public const byte CurrentRead = 1;
    public const byte CurrentWrite = 2;
    public const byte HistoryRead = 4;
    public const byte HistoryWrite = 8;
    public const byte SemanticChange = 16;
    public const byte StatusWrite = 32;
    public const byte TimestampWrite = 64;
}
