namespace IndustrieFutur.Edge.Northbound.Commands;

/// <summary>Where the answer to a request goes.</summary>
/// <param name="Topic">Always below the edge's own "result/".</param>
/// <param name="Correlation">What MQTT 5 returns with it, as it came; null: nothing came.</param>
internal readonly record struct ReplyAddress(string Topic, byte[]? Correlation);
