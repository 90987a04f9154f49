namespace IndustrieFutur.Edge.OpcUa.Types;

/// <summary>A text for people with its language (OPC UA Part 3, 8.5).</summary>
public readonly record struct LocalizedText(string? Locale, string? Text)
{
    public override string ToString() => Text ?? "";
}
