using IndustrieFutur.Edge.App.Broker;

namespace IndustrieFutur.Edge.Tests.App.Broker;

/// <summary>When a session whose client is away has ended.</summary>
public sealed class BrokerSessionsTests
{
    [Theory]
    [InlineData(60, 61, true)]
    [InlineData(60, 60, false)]
    [InlineData(0, 1_000_000, false)]
    [InlineData(uint.MaxValue, 1_000_000, false)]
    public void A_session_ends_when_its_expiry_interval_has_passed(uint expirySeconds, int awaySeconds, bool hasEnded) =>
        Assert.Equal(hasEnded, BrokerSessions.HasEnded(expirySeconds, TimeSpan.FromSeconds(awaySeconds)));
}
