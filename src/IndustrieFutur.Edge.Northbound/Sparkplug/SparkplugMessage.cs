namespace IndustrieFutur.Edge.Northbound.Sparkplug;

/// <summary>A message that is due: its topic, and how much of the buffer it takes. Only the node's death is acknowledged (QoS 1).</summary>
internal readonly record struct SparkplugMessage(string Topic, int Length, bool IsNodeDeath);
