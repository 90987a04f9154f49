namespace IndustrieFutur.Edge.Protocols.Sparkplug;

/// <summary>The field numbers of Sparkplug B 3.0 (tahu's sparkplug_b.proto) that the telemetry and the edge node use.</summary>
internal static class SparkplugField
{
    public const int PayloadTimestamp = 1;
    public const int PayloadMetrics = 2;
    public const int PayloadSeq = 3;
    public const int PayloadBody = 5;

    public const int MetricName = 1;
    public const int MetricAlias = 2;
    public const int MetricTimestamp = 3;
    public const int MetricDatatype = 4;
    public const int MetricIsHistorical = 5;
    public const int MetricIsNull = 7;
    public const int MetricProperties = 9;
    public const int MetricInt = 10;
    public const int MetricLong = 11;
    public const int MetricFloat = 12;
    public const int MetricDouble = 13;
    public const int MetricBoolean = 14;
    public const int MetricString = 15;

    public const int PropertySetKeys = 1;
    public const int PropertySetValues = 2;

    public const int PropertyType = 1;
    public const int PropertyInt = 3;
    public const int PropertyString = 8;
}
