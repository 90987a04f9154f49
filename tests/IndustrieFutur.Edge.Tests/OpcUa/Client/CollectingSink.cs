using System.Text;
using IndustrieFutur.Edge.OpcUa.Client;
using IndustrieFutur.Edge.OpcUa.Types;

namespace IndustrieFutur.Edge.Tests.OpcUa.Client;

/// <summary>Writes down, in order and as text, what a subscription delivers.</summary>
internal readonly struct CollectingSink(List<string> heard) : INotificationSink
{
    public void OnValue(uint clientHandle, in NotifiedValue value)
    {
        var number = value.Type is BuiltInType.Double or BuiltInType.Float
            ? value.AsDouble.ToString(System.Globalization.CultureInfo.InvariantCulture)
            : value.Bits.ToString(System.Globalization.CultureInfo.InvariantCulture);
        var text = value.Type == BuiltInType.String && !value.IsArray ? $" '{Encoding.UTF8.GetString(value.Raw)}'" : "";
        var array = value.IsArray ? "[]" : "";
        var status = value.Status == 0 ? "" : $" 0x{value.Status:X8}";
        heard.Add($"{clientHandle}: {value.Type}{array} {number}{text}{status}");
    }

    public void OnEvent(uint clientHandle, ReadOnlySpan<byte> fields, int count) => heard.Add($"{clientHandle}: event of {count} fields in {fields.Length} bytes");

    public void OnKeepAlive(uint subscriptionId) => heard.Add($"keep-alive {subscriptionId}");

    public void OnMessage(uint subscriptionId, long publishTime) => heard.Add($"message {subscriptionId}");

    public void OnGap(uint subscriptionId, uint messagesLost) => heard.Add($"gap {subscriptionId} {messagesLost}");

    public void OnSubscriptionLost(uint subscriptionId, uint status) => heard.Add($"lost {subscriptionId} 0x{status:X8}");
}
