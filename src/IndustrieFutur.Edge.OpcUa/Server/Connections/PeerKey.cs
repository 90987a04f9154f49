using System.Net;

namespace IndustrieFutur.Edge.OpcUa.Server.Connections;

/// <summary>By what a peer is remembered: its IPv4 address, or the half of its IPv6 address that it cannot choose freely (RFC 4291, 2.5.1).</summary>
internal static class PeerKey
{
    private const int PrefixBytes = 8;

    public static string Of(IPAddress address)
    {
        if (address.IsIPv4MappedToIPv6)
        {
            return address.MapToIPv4().ToString();
        }

        var bytes = address.GetAddressBytes();
        return bytes.Length <= PrefixBytes ? address.ToString() : Convert.ToHexString(bytes, 0, PrefixBytes);
    }
}
