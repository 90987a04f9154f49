namespace IndustrieFutur.Edge.Historian.Audit;

/// <summary>What a store's own record says of one numbering of a stream: it has, or knows never to come, everything up to a number.</summary>
public sealed record StreamHoldings(string Device, string Epoch, ulong UpTo);
