using IndustrieFutur.Edge.OpcUa.Types;
using IndustrieFutur.Edge.OpcUa.Types.Generated;

namespace IndustrieFutur.Edge.Tests.OpcUa.Server.Subscriptions;

/// <summary>What a notification message tells, opened.</summary>
internal static class Told
{
    private const uint Overflow = 0x480;

    public static List<MonitoredItemNotification> Values(this PublishResponse response) => Values(response.NotificationMessage);

    public static List<MonitoredItemNotification> Values(this NotificationMessage message) =>
        [.. Parts<DataChangeNotification>(message).SelectMany(part => part.MonitoredItems ?? [])];

    public static List<EventFieldList> Events(this PublishResponse response) =>
        [.. Parts<EventNotificationList>(response.NotificationMessage).SelectMany(part => part.Events ?? [])];

    public static List<uint> StatusChanges(this PublishResponse response) =>
        [.. Parts<StatusChangeNotification>(response.NotificationMessage).Select(part => part.Status)];

    /// <summary>The numbers that were told of one item.</summary>
    public static List<object?> Numbers(this IEnumerable<PublishResponse> responses, uint handle) =>
        [.. responses.SelectMany(Values).Where(value => value.ClientHandle == handle).Select(value => value.Value.Value.Value)];

    public static bool HasOverflown(this MonitoredItemNotification notification) => (notification.Value.Status & Overflow) == Overflow;

    private static IEnumerable<T> Parts<T>(NotificationMessage message)
        where T : IUaStructure<T>
    {
        foreach (var part in message.NotificationData ?? [])
        {
            if (part.TryDecode<T>(out var decoded))
            {
                yield return decoded;
            }
        }
    }
}
