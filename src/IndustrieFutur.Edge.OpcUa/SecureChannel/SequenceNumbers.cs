using IndustrieFutur.Edge.OpcUa.Types;

namespace IndustrieFutur.Edge.OpcUa.SecureChannel;

/// <summary>Numbers the chunks of one direction, across all tokens of a channel (OPC UA Part 6, 6.7.2.4).</summary>
internal struct SequenceNumbers
{
    /// <summary>Beyond it the numbers may begin anew.</summary>
    private const uint WrapAbove = uint.MaxValue - 1024;

    /// <summary>Where they begin anew, it must be below this.</summary>
    private const uint WrapBelow = 1024;

    private uint _last;
    private bool _hasBegun;

    /// <summary>For a test, which cannot send four billion chunks.</summary>
    internal static SequenceNumbers After(uint last) => new() { _last = last, _hasBegun = true };

    /// <summary>For the next chunk that is sent: from 1.</summary>
    public uint Next()
    {
        _last = _last > WrapAbove ? 1 : _last + 1;
        return _last;
    }

    /// <summary>Of a chunk that was received: one more than the last one, else somebody repeats or drops chunks.</summary>
    public void Check(uint received)
    {
        var wraps = _last > WrapAbove && received < WrapBelow;
        if (_hasBegun && received != _last + 1 && !wraps)
        {
            throw new UaException(
                StatusCodes.BadSequenceNumberInvalid,
                $"A chunk came with sequence number {received} after {_last}: one was lost, repeated or slipped in. The channel is closed and opened again.");
        }

        _hasBegun = true;
        _last = received;
    }
}
