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
    private NewcomerLimits? _newcomers;
    private int _reservedBytes;

    /// <summary>How large a message may be, as things stand.</summary>
    public int MessageBytesMax => Math.Min(_newcomers?.MessageBytesMax ?? int.MaxValue, limits.ReceiveMessageBytesMax);

    /// <summary>Keeps one piece more of a message that goes on.</summary>
    public void Append(uint requestId, ReadOnlySpan<byte> piece)
    {
        var slot = Find(requestId) ?? Begin(requestId);
        Reserve(piece.Length);
        slot.Append(piece, BytesLeft());
        Settle();
    }

    /// <summary>Null when no piece of this message is kept: it came in one chunk, or was given up at once.</summary>
    /// <param name="requestId">Whose message ends.</param>
    /// <param name="lastPiece">Its end; nothing when the sender gave it up.</param>
    public Reassembly? Close(uint requestId, ReadOnlySpan<byte> lastPiece = default)
    {
        if (Find(requestId) is not { } slot)
        {
            return null;
        }

        Reserve(lastPiece.Length);
        slot.Append(lastPiece, BytesLeft());
        slot.Close();
        Settle();
        return slot;
    }

    /// <summary>
    /// From now on the channel is one of the newcomers, or, with null, none of them any more. A newcomer keeps no large memory from before,
    /// and an unfinished message only if it is within the limits.
    /// </summary>
    public void Bound(NewcomerLimits? newcomers)
    {
        _newcomers?.Give(_reservedBytes);
        _newcomers = newcomers;
        _reservedBytes = 0;
        if (newcomers is null)
        {
            return;
        }

        var held = BytesHeld();
        if (held <= newcomers.MessageBytesMax && newcomers.TryTake(held))
        {
            _reservedBytes = held;
        }

        foreach (var slot in _slots)
        {
            slot.GiveBack(isUnfinishedKept: _reservedBytes == held);
        }
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

    private int BytesLeft() => MessageBytesMax - BytesHeld();

    private int BytesHeld()
    {
        var held = 0;
        foreach (var slot in _slots)
        {
            held += slot.IsOpen ? slot.Length : 0;
        }

        return held;
    }

    /// <summary>Before the piece is kept: newcomers together may hold only so much.</summary>
    private void Reserve(int bytes)
    {
        if (_newcomers is null)
        {
            return;
        }

        if (!_newcomers.TryTake(bytes))
        {
            throw new UaException(
                StatusCodes.BadTcpNotEnoughResources,
                "Clients without a session have begun more messages than this server keeps for them; the connection of the one that went beyond is closed, and may come again. Find out who begins messages and never ends them.");
        }

        _reservedBytes += bytes;
    }

    /// <summary>What was thrown away, or is whole by now, takes no room any more.</summary>
    private void Settle()
    {
        if (_newcomers is null)
        {
            return;
        }

        var held = BytesHeld();
        _newcomers.Give(_reservedBytes - held);
        _reservedBytes = held;
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
