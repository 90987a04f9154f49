namespace IndustrieFutur.Edge.Protocols.Sparkplug;

/// <summary>What the property "Quality" of a metric may say (Sparkplug 3.0, 6.4.14); it is sent only when it is not good.</summary>
public enum SparkplugQuality : ushort
{
    Bad = 0,
    Good = 192,
    Stale = 500,
}
