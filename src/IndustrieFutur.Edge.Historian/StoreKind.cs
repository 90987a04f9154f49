namespace IndustrieFutur.Edge.Historian;

/// <summary>The stores a historian can fill.</summary>
public enum StoreKind
{
    /// <summary>SQLite, in a file of this machine: nothing to install.</summary>
    Embedded,

    /// <summary>InfluxDB 1.x.</summary>
    Influx,

    /// <summary>VictoriaMetrics.</summary>
    Victoria,
}
