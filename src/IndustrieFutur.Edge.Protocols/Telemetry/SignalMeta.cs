namespace IndustrieFutur.Edge.Protocols.Telemetry;

/// <summary>One signal of a device.</summary>
/// <param name="Alias">The metric's alias in telemetry.</param>
/// <param name="Signal">The id the integrator gave it.</param>
/// <param name="Type">float64, int64, uint64, boolean or text: fixed for ever, it decides the field in line protocol.</param>
public sealed record SignalMeta(int Alias, string Signal, string Type, string Unit, string NameFr, string NameEn);
