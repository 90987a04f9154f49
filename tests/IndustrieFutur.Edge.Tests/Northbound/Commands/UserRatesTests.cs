using IndustrieFutur.Edge.Northbound.Commands;
using Microsoft.Extensions.Time.Testing;

namespace IndustrieFutur.Edge.Tests.Northbound.Commands;

/// <summary>One who floods takes a share, and the others still come through.</summary>
public sealed class UserRatesTests
{
    private readonly UserRates _rates = new(200, 50, new FakeTimeProvider());

    [Fact]
    public void One_who_floods_shuts_nobody_else_out()
    {
        var flood = Enumerable.Range(0, 1_000).Count(_ => _rates.TryPass("edge/v1/g/e/plc/command/loop"));

        Assert.Equal(50, flood);
        Assert.True(_rates.TryPass("edge/v1/g/e/plc/command/martin"));
    }

    [Fact]
    public void All_together_have_their_bound_too()
    {
        var passed = Enumerable.Range(0, 1_000).Count(i => _rates.TryPass($"edge/v1/g/e/plc/command/user{i % 8}"));

        Assert.Equal(200, passed);
    }

    [Fact]
    public void Names_that_are_invented_share_one_rate()
    {
        var rates = new UserRates(10_000, 50, new FakeTimeProvider());

        var passed = Enumerable.Range(0, 1_000).Count(i => rates.TryPass($"edge/v1/g/e/plc/command/user{i}"));

        Assert.Equal(32 + 50, passed);
    }
}
