namespace IndustrieFutur.Edge.OpcUa.Client;

/// <summary>A notification message laid aside until those before it are there.</summary>
/// <param name="SubscriptionId">Whose it is.</param>
/// <param name="SequenceNumber">Its place.</param>
/// <param name="PublishTime">Raw; 0 = none.</param>
/// <param name="Count">How many notifications it has; 0 = a keep-alive.</param>
/// <param name="Data">A copy of its notifications.</param>
/// <param name="Available">What the server could send again when it sent this; null when it did not say.</param>
internal sealed record HeldMessage(uint SubscriptionId, uint SequenceNumber, long PublishTime, int Count, byte[] Data, uint[]? Available)
{
    public NotificationHead Head => NotificationHead.Of(SequenceNumber, PublishTime, Count, Data);

    public static HeldMessage Of(in PublishHead head)
    {
        uint[]? available = null;
        if (head.HasAvailable)
        {
            available = new uint[head.Available.Length / sizeof(uint)];
            for (var i = 0; i < available.Length; i++)
            {
                available[i] = System.Buffers.Binary.BinaryPrimitives.ReadUInt32LittleEndian(head.Available[(i * sizeof(uint))..]);
            }
        }

        var message = head.Message;
        return new HeldMessage(head.SubscriptionId, message.SequenceNumber, message.PublishTime, message.Count, message.Data.ToArray(), available);
    }
}
