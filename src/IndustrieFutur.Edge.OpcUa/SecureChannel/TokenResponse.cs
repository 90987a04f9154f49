using IndustrieFutur.Edge.OpcUa.Types;
using IndustrieFutur.Edge.OpcUa.Types.Generated;

namespace IndustrieFutur.Edge.OpcUa.SecureChannel;

/// <summary>Reads a server's answer to a request for a token, and holds it against what was asked (OPC UA Part 4, 5.5.2).</summary>
internal static class TokenResponse
{
    /// <summary>A server may answer any request with a fault.</summary>
    public static OpenSecureChannelResponse Read(ReadOnlySpan<byte> message, string peer)
    {
        var reader = new UaReader(message);
        var type = reader.ReadNodeId();
        if (type == new NodeId(0, ServiceFault.Id))
        {
            throw Refused(peer, ServiceFault.Decode(ref reader).ResponseHeader.ServiceResult);
        }

        if (type != new NodeId(0, OpenSecureChannelResponse.Id))
        {
            throw new UaException(
                StatusCodes.BadUnknownResponse, $"{peer} answers the request for a channel with {type}, which is no answer to it; the connection is closed.");
        }

        var response = OpenSecureChannelResponse.Decode(ref reader);
        return IsBad(response.ResponseHeader.ServiceResult) ? throw Refused(peer, response.ResponseHeader.ServiceResult) : response;
    }

    public static void Check(
        OpenSecureChannelResponse response, uint headerChannelId, uint requestId, TokenRequest request, ChannelCore core, uint lifetimeMillisMin)
    {
        var token = response.SecurityToken;
        if (requestId != request.Id || token.ChannelId != headerChannelId || (core.ChannelId != 0 && token.ChannelId != core.ChannelId))
        {
            throw new UaException(
                StatusCodes.BadSecureChannelIdInvalid,
                $"{core.Peer} answers for another channel or another request than ours; the connection is closed and opened again.");
        }

        if (token.RevisedLifetime < lifetimeMillisMin)
        {
            throw new UaException(
                StatusCodes.BadSecureChannelClosed,
                $"{core.Peer} grants a channel for {token.RevisedLifetime} ms, too short to renew it in time; the connection is closed. Set a longer channel lifetime in the server.");
        }
    }

    private static UaException Refused(string peer, uint status) => new(
        IsBad(status) ? status : StatusCodes.BadUnknownResponse,
        $"{peer} refuses the channel with {StatusCodes.NameOf(status)}. It is tried again; check policy, mode and whether the server trusts our certificate.")
    {
        IsOfPeer = true,
    };

    private static bool IsBad(uint status) => (status & 0x8000_0000) != 0;
}
