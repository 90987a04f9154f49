namespace IndustrieFutur.Edge.Northbound.Spool;

/// <summary>When a batch is worth a message.</summary>
/// <param name="SamplesMax">Samples in one message.</param>
/// <param name="WaitNanos">How long the first of a batch may wait for company.</param>
internal readonly record struct BatchTerms(int SamplesMax, long WaitNanos);
