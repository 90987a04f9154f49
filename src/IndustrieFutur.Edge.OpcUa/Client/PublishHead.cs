using IndustrieFutur.Edge.OpcUa.Types;

namespace IndustrieFutur.Edge.OpcUa.Client;

/// <summary>
/// What a PublishResponse says before its notifications (OPC UA Part 4, 5.14.5), read where it lies. With a bad service result nothing
/// else was read: a fault has no more than a header.
/// </summary>
internal ref struct PublishHead
{
    public uint ServiceResult { get; private set; }

    public uint SubscriptionId { get; private set; }

    /// <summary>The sequence numbers that the server could send again, each four bytes.</summary>
    public ReadOnlySpan<byte> Available { get; private set; }

    /// <summary>Some servers send no list at all, which says nothing about what they keep.</summary>
    public bool HasAvailable { get; private set; }

    public bool MoreNotifications { get; private set; }

    public NotificationHead Message { get; private set; }

    /// <summary>Reads what follows the message's type id, of a PublishResponse or of a ServiceFault.</summary>
    public static PublishHead Read(ReadOnlySpan<byte> body)
    {
        var reader = new UaReader(body);
        var head = new PublishHead { ServiceResult = ReadResult(ref reader) };
        if (IsBad(head.ServiceResult))
        {
            return head;
        }

        head.SubscriptionId = reader.ReadUInt32();
        var available = reader.ReadArrayLength(sizeof(uint));
        head.HasAvailable = available > 0;
        head.Available = reader.Take(Math.Max(0, available) * sizeof(uint));
        head.MoreNotifications = reader.ReadBoolean();
        head.Message = NotificationHead.Read(reader.Rest);
        return head;
    }

    /// <summary>The head of a RepublishResponse, which has a message and nothing else.</summary>
    public static PublishHead ReadRepublish(ReadOnlySpan<byte> body)
    {
        var reader = new UaReader(body);
        var head = new PublishHead { ServiceResult = ReadResult(ref reader) };
        if (!IsBad(head.ServiceResult))
        {
            head.Message = NotificationHead.Read(reader.Rest);
        }

        return head;
    }

    public static bool IsBad(uint status) => (status & 0x8000_0000) != 0;

    /// <summary>Goes over a ResponseHeader and keeps its service result.</summary>
    private static uint ReadResult(ref UaReader reader)
    {
        reader.Skip(sizeof(long) + sizeof(uint));
        var result = reader.ReadStatusCode();
        reader.SkipDiagnosticInfo();
        for (var texts = reader.ReadArrayLength(sizeof(int)); texts > 0; texts--)
        {
            reader.SkipString();
        }

        reader.SkipExtensionObject();
        return result;
    }
}
