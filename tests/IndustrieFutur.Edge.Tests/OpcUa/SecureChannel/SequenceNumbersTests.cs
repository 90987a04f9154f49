using IndustrieFutur.Edge.OpcUa.SecureChannel;
using IndustrieFutur.Edge.OpcUa.Types;

namespace IndustrieFutur.Edge.Tests.OpcUa.SecureChannel;

/// <summary>Chunks are numbered without a gap, and none is taken twice.</summary>
public sealed class SequenceNumbersTests
{
    [Fact]
    public void Numbers_begin_at_one_and_rise_by_one()
    {
        var numbers = new SequenceNumbers();

        Assert.Equal([1u, 2u, 3u], [numbers.Next(), numbers.Next(), numbers.Next()]);
    }

    [Theory]
    [InlineData(4_294_966_270u, 4_294_966_271u)]
    [InlineData(4_294_966_271u, 4_294_966_272u)]
    [InlineData(4_294_966_272u, 1u)]
    [InlineData(uint.MaxValue, 1u)]
    public void Numbers_begin_anew_only_at_their_end(uint last, uint next)
    {
        var numbers = SequenceNumbers.After(last);

        Assert.Equal(next, numbers.Next());
    }

    [Theory]
    [InlineData(100u, 101u)]
    [InlineData(4_294_966_272u, 1u)]
    [InlineData(4_294_966_272u, 1_023u)]
    [InlineData(4_294_966_272u, 4_294_966_273u)]
    public void The_first_number_may_be_any_and_the_next_one_follows(uint first, uint second)
    {
        var numbers = new SequenceNumbers();
        numbers.Check(first);

        numbers.Check(second);

        Assert.Equal(SequenceNumbers.After(second).Next(), numbers.Next());
    }

    [Theory]
    [InlineData(100u, 100u)]
    [InlineData(100u, 99u)]
    [InlineData(100u, 102u)]
    [InlineData(100u, 1u)]
    [InlineData(4_294_966_271u, 1u)]
    [InlineData(4_294_966_272u, 1_024u)]
    [InlineData(4_294_966_272u, 4_294_966_272u)]
    public void A_number_that_does_not_follow_is_refused(uint last, uint received)
    {
        var numbers = SequenceNumbers.After(last);

        var refused = Assert.Throws<UaException>(() => numbers.Check(received));

        Assert.Equal(StatusCodes.BadSequenceNumberInvalid, refused.Status);
    }
}
