namespace IndustrieFutur.Edge.Northbound.Mqtt;

/// <summary>One place in the window: the bytes of a message that is on its way, kept until the broker has acknowledged it.</summary>
internal sealed class PublishSlot(int bytes)
{
    public byte[] Buffer { get; } = new byte[bytes];
}
