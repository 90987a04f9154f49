using System.Buffers.Binary;
using System.Globalization;

namespace IndustrieFutur.Edge.Protocols.Rtde;

/// <summary>The version of a controller's software.</summary>
public readonly record struct RtdeControllerVersion(uint Major, uint Minor, uint Bugfix, uint Build)
{
    /// <summary>Four numbers of 32 bits.</summary>
    public const int Bytes = 16;

    public static bool TryParse(ReadOnlySpan<byte> payload, out RtdeControllerVersion version)
    {
        version = default;
        if (payload.Length < Bytes)
        {
            return false;
        }

        version = new RtdeControllerVersion(
            BinaryPrimitives.ReadUInt32BigEndian(payload),
            BinaryPrimitives.ReadUInt32BigEndian(payload[4..]),
            BinaryPrimitives.ReadUInt32BigEndian(payload[8..]),
            BinaryPrimitives.ReadUInt32BigEndian(payload[12..]));
        return true;
    }

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Major}.{Minor}.{Bugfix}.{Build}");
}
