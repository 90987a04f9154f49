namespace IndustrieFutur.Edge.Protocols.Sparkplug;

/// <summary>What the property "Quality" of a metric may say (tck-id-payloads-propertyset-quality-value-value); it is sent only when it is not good.</summary>
public enum SparkplugQuality : ushort
{
    Bad = 0,
    Good = 192,
    Stale = 500,
}
