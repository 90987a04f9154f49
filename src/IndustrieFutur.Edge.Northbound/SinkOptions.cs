namespace IndustrieFutur.Edge.Northbound;

/// <summary>A place that telemetry goes to; what it is follows from the word under "sink".</summary>
public abstract class SinkOptions : BrokerOptions
{
}
