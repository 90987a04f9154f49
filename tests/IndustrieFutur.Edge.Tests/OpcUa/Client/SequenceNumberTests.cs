using IndustrieFutur.Edge.OpcUa.Client;

namespace IndustrieFutur.Edge.Tests.OpcUa.Client;

/// <summary>Sequence numbers go round without ever being 0.</summary>
public sealed class SequenceNumberTests
{
    [Theory]
    [InlineData(1u, 2u)]
    [InlineData(uint.MaxValue - 1, uint.MaxValue)]
    [InlineData(uint.MaxValue, 1u)]
    public void The_next_number_is_never_0(uint number, uint next)
    {
        Assert.Equal(next, SequenceNumber.Next(number));
        Assert.Equal(1u, SequenceNumber.Distance(number, next));
    }

    [Theory]
    [InlineData(1u, 5u, true)]
    [InlineData(5u, 1u, false)]
    [InlineData(5u, 5u, false)]
    [InlineData(uint.MaxValue - 1, 3u, true)]
    [InlineData(3u, uint.MaxValue - 1, false)]
    public void Before_and_after_are_told_across_the_end(uint number, uint other, bool isBefore)
    {
        Assert.Equal(isBefore, SequenceNumber.IsBefore(number, other));
    }

    [Fact]
    public void Steps_are_counted_across_the_end()
    {
        Assert.Equal(4u, SequenceNumber.Distance(uint.MaxValue - 1, 3));
    }
}
