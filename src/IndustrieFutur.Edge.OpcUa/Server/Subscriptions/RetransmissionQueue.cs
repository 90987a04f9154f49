using IndustrieFutur.Edge.OpcUa.Types.Generated;

namespace IndustrieFutur.Edge.OpcUa.Server.Subscriptions;

/// <summary>The messages of a subscription that its client has not acknowledged, for Republish (OPC UA Part 4, 5.13.1.1).</summary>
internal sealed class RetransmissionQueue
{
    /// <summary>More than twice the Publish requests that a session may have waiting, which is what the standard asks for.</summary>
    private const int MessagesMax = 100;

    /// <summary>A client that never acknowledges costs no more than this; the last message stays even when it is larger.</summary>
    private const long BytesMax = 8 * 1024 * 1024;

    private readonly List<NotificationMessage> _messages = [];
    private long _bytes;

    public void Add(NotificationMessage message)
    {
        _messages.Add(message);
        _bytes += BytesOf(message);
        while (_messages.Count > MessagesMax || (_bytes > BytesMax && _messages.Count > 1))
        {
            RemoveAt(0);
        }
    }

    public bool Acknowledge(uint sequenceNumber)
    {
        var index = IndexOf(sequenceNumber);
        if (index >= 0)
        {
            RemoveAt(index);
        }

        return index >= 0;
    }

    public NotificationMessage? Find(uint sequenceNumber) => IndexOf(sequenceNumber) is >= 0 and var index ? _messages[index] : null;

    /// <summary>The numbers of the messages that are here, in their order.</summary>
    public uint[] Available()
    {
        var numbers = new uint[_messages.Count];
        for (var i = 0; i < numbers.Length; i++)
        {
            numbers[i] = _messages[i].SequenceNumber;
        }

        return numbers;
    }

    private static long BytesOf(NotificationMessage message)
    {
        var bytes = 0L;
        foreach (var notification in message.NotificationData ?? [])
        {
            bytes += notification.Body?.Length ?? 0;
        }

        return bytes;
    }

    private int IndexOf(uint sequenceNumber) => _messages.FindIndex(message => message.SequenceNumber == sequenceNumber);

    private void RemoveAt(int index)
    {
        _bytes -= BytesOf(_messages[index]);
        _messages.RemoveAt(index);
    }
}
