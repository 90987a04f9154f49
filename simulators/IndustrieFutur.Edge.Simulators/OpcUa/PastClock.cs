namespace IndustrieFutur.Edge.Simulators.OpcUa;

/// <summary>A clock that is behind another by a fixed time: by it a certificate is made that is over today.</summary>
internal sealed class PastClock(TimeProvider clock, TimeSpan behind) : TimeProvider
{
    public override DateTimeOffset GetUtcNow() => clock.GetUtcNow() - behind;
}
