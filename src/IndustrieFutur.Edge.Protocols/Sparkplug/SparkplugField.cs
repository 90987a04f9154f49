namespace IndustrieFutur.Edge.Protocols.Sparkplug;

/// <summary>The field numbers of Sparkplug B 3.0 (tahu's sparkplug_b.proto) that the telemetry uses.</summary>
internal static class SparkplugField
{
    public const int PayloadTimestamp = 1;
    public const int PayloadMetrics = 2;
    public const int PayloadSeq = 3;
    public const int PayloadBody = 5;

    public const int MetricAlias = 2;
    public const int MetricTimestamp = 3;
    public const int MetricIsNull = 7;
    public const int MetricLong = 11;
    public const int MetricDouble = 13;
    public const int MetricBoolean = 14;
    public const int MetricString = 15;
}
