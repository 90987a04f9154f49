using IndustrieFutur.Edge.OpcUa.Types;

namespace IndustrieFutur.Edge.OpcUa.SecureChannel;

/// <summary>
/// The tokens of a channel that are still in use, from the oldest to the newest. An older one is received until the first chunk under a
/// newer one or its end; which one is used for sending moves forward only.
/// </summary>
internal sealed class TokenRing : IDisposable
{
    /// <summary>One in use, its successor, and successors of that which a peer asked for without having used it; more are not kept.</summary>
    private const int TokensMax = 4;

    private readonly ChannelToken[] _tokens = new ChannelToken[TokensMax];
    private int _count;
    private int _sending;

    public ChannelToken Newest => _tokens[_count - 1];

    /// <summary>The new token is received at once; it is sent under when the peer has used it (a server's rule).</summary>
    public void Add(ChannelToken token)
    {
        if (_count == TokensMax)
        {
            DropOldest(1);
        }

        _tokens[_count++] = token;
    }

    /// <summary>From now on everything is sent under the newest (a client's rule).</summary>
    public void UseNewest() => _sending = _count - 1;

    /// <summary>The one to send under; a newer one when it has expired, and none when there is no newer one.</summary>
    public ChannelToken ForSending(long nowNanos)
    {
        while (_sending < _count - 1 && nowNanos >= _tokens[_sending].ExpiresNanos)
        {
            _sending++;
        }

        var token = _tokens[_sending];
        return nowNanos < token.ExpiresNanos ? token : throw Expired(token.Id);
    }

    public ChannelToken ForReceiving(uint id, long nowNanos)
    {
        for (var i = 0; i < _count; i++)
        {
            if (_tokens[i].Id == id && nowNanos < _tokens[i].ReceivesUntilNanos)
            {
                return _tokens[i];
            }
        }

        throw new UaException(
            StatusCodes.BadSecureChannelTokenUnknown,
            $"A message came under the channel's token {id}, which has expired or was never given out. The channel is closed and opened again.");
    }

    /// <summary>A chunk came under it and was found genuine: the peer has done with the older ones.</summary>
    public void Used(ChannelToken token)
    {
        if (ReferenceEquals(token, _tokens[0]))
        {
            return;
        }

        DropOldest(Array.IndexOf(_tokens, token, 0, _count));
    }

    public void Dispose()
    {
        DropOldest(_count);
        _sending = 0;
    }

    private void DropOldest(int count)
    {
        for (var i = 0; i < count; i++)
        {
            _tokens[i].Dispose();
        }

        Array.Copy(_tokens, count, _tokens, 0, _count - count);
        Array.Clear(_tokens, _count - count, count);
        _count -= count;
        _sending = Math.Max(0, _sending - count);
    }

    private static UaException Expired(uint id) => new(
        StatusCodes.BadSecureChannelTokenUnknown,
        $"The channel's token {id} has expired and was not renewed in time; the channel is closed and opened again. If this repeats, the other side is overloaded or stopped.");
}
