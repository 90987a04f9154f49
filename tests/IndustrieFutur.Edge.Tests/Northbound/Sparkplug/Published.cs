namespace IndustrieFutur.Edge.Tests.Northbound.Sparkplug;

/// <summary>A message that a node published: the type in its topic, the device if there is one, and what it says.</summary>
internal sealed record Published(string Topic, byte[] Bytes)
{
    public string Type => Topic.Split('/')[2];

    /// <summary>Type and device: "DDATA plc".</summary>
    public string Kind => Topic.Split('/') is { Length: 5 } levels ? $"{levels[2]} {levels[4]}" : Type;

    public DecodedPayload Payload { get; } = DecodedPayload.Read(Bytes);
}
