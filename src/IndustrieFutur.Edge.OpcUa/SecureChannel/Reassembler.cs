using IndustrieFutur.Edge.OpcUa.Transport;
using IndustrieFutur.Edge.OpcUa.Types;

namespace IndustrieFutur.Edge.OpcUa.SecureChannel;

/// <summary>
/// Puts messages together that came in several chunks, by request id, in buffers that are used again. All that are open at one time hold
/// no more bytes than one message may have: who mixes messages gains nothing by it.
/// </summary>
internal sealed class Reassembler(NegotiatedLimits limits)
{
    /// <summary>Peers send a message's chunks one after the other; a few may be told from each other, hundreds are an attack.</summary>
    public const int OpenMax = 4;

    private readonly Reassembly[] _slots = NewSlots(limits);

    /// <summary>Keeps one piece more of a message that goes on.</summary>
    public void Append(uint requestId, ReadOnlySpan<byte> piece) => (Find(requestId) ?? Begin(requestId)).Append(piece, BytesLeft());

    /// <summary>Null when no piece of this message is kept: it came in one chunk, or was given up at once.</summary>
    /// <param name="requestId">Whose message ends.</param>
    /// <param name="lastPiece">Its end; nothing when the sender gave it up.</param>
    public Reassembly? Close(uint requestId, ReadOnlySpan<byte> lastPiece = default)
    {
        if (Find(requestId) is not { } slot)
        {
            return null;
        }

        slot.Append(lastPiece, BytesLeft());
        slot.Close();
        return slot;
    }

    private Reassembly? Find(uint requestId)
    {
        foreach (var slot in _slots)
        {
            if (slot.IsOpen && slot.RequestId == requestId)
            {
                return slot;
            }
        }

        return null;
    }

    private int BytesLeft()
    {
        var left = limits.ReceiveMessageBytesMax;
        foreach (var slot in _slots)
        {
            left -= slot.IsOpen ? slot.Length : 0;
        }

        return left;
    }

    /// <summary>Messages that come one after the other all take the first place and its memory; what the others had once is given back.</summary>
    private Reassembly Begin(uint requestId)
    {
        Reassembly? free = null;
        foreach (var slot in _slots)
        {
            if (slot.IsOpen)
            {
                continue;
            }

            if (free is null)
            {
                free = slot;
                free.Open(requestId);
            }
            else
            {
                slot.Release();
            }
        }

        return free ?? throw new UaException(
            StatusCodes.BadEncodingLimitsExceeded,
            $"The peer mixes the chunks of more than {OpenMax} messages; the connection is closed and opened again.");
    }

    private static Reassembly[] NewSlots(NegotiatedLimits limits)
    {
        var slots = new Reassembly[OpenMax];
        for (var i = 0; i < slots.Length; i++)
        {
            slots[i] = new Reassembly(limits.ReceiveMessageBytesMax, limits.ReceiveChunksMax);
        }

        return slots;
    }
}
