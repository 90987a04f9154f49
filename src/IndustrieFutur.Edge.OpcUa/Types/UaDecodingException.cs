namespace IndustrieFutur.Edge.OpcUa.Types;

/// <summary>Bytes that are no OPC UA Binary, or that claim more than we allow: nothing of the message is used.</summary>
public sealed class UaDecodingException : UaException
{
    private const uint BadDecodingError = 0x80070000;
    private const uint BadEncodingLimitsExceeded = 0x80080000;

    private UaDecodingException(uint status, string message)
        : base(status, message)
    {
    }

    internal static UaDecodingException Broken(string message) => new(BadDecodingError, message);

    internal static UaDecodingException TooMuch(string message) => new(BadEncodingLimitsExceeded, message);
}
