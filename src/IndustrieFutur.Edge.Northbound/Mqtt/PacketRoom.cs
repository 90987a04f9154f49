using System.Text;

namespace IndustrieFutur.Edge.Northbound.Mqtt;

/// <summary>What is left of a broker's Maximum Packet Size for the payload of a PUBLISH (MQTT 5, 3.1.2.11.4 and 3.3).</summary>
internal static class PacketRoom
{
    /// <summary>Kind and flags, the longest remaining length, the topic's length, the packet identifier, and an empty list of properties.</summary>
    private const int FrameBytes = 1 + 4 + 2 + 2 + 1;

    public static int PayloadMax(long packetBytesMax, string topic) =>
        (int)Math.Clamp(packetBytesMax - FrameBytes - Encoding.UTF8.GetByteCount(topic), 0, int.MaxValue);

    /// <summary>Throws <see cref="BrokerException"/> with a sentence when the payload does not fit.</summary>
    public static void Require(long packetBytesMax, string topic, int payloadBytes, string remedy)
    {
        if (payloadBytes > PayloadMax(packetBytesMax, topic))
        {
            throw new BrokerException(
                $"Le broker ne prend que des paquets de {packetBytesMax} octets au plus, et {topic} en demande {payloadBytes} ; augmentez sa limite.",
                $"The broker takes packets of at most {packetBytesMax} bytes, and {topic} needs {payloadBytes}; raise its limit{remedy}.")
            {
                IsRefusal = true,
            };
        }
    }
}
