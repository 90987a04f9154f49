namespace IndustrieFutur.Edge.Tests.Historian;

/// <summary>What can happen on the way from an edge to a store.</summary>
internal enum StreamMishap
{
    Sent,
    Lost,
    Doubled,
    Delayed,
    DelayedArrives,
    Stored,
    StoreLosesWrites,
    Head,
    HistorianRestarts,
}
