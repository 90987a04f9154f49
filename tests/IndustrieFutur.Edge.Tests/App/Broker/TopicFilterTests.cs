using IndustrieFutur.Edge.App.Broker;

namespace IndustrieFutur.Edge.Tests.App.Broker;

/// <summary>Filters of the broker's rights against topics and against the filters that clients subscribe.</summary>
public sealed class TopicFilterTests
{
    [Theory]
    [InlineData("a/b", "a/b")]
    [InlineData("a/+", "a/b")]
    [InlineData("a/+", "a/+")]
    [InlineData("a/#", "a")]
    [InlineData("a/#", "a/b/c")]
    [InlineData("a/#", "a/+/c")]
    [InlineData("a/#", "a/#")]
    [InlineData("#", "a/#")]
    [InlineData("+/b/#", "+/b/+")]
    [InlineData("$SYS/#", "$SYS/uptime")]
    [InlineData("a//b", "a//b")]
    public void What_lies_within_is_covered(string allowed, string asked) => Assert.True(TopicFilter.Covers(allowed, asked));

    [Theory]
    [InlineData("a/b", "a/c")]
    [InlineData("a/b", "a/+")]
    [InlineData("a/+", "a")]
    [InlineData("a/+", "a/b/c")]
    [InlineData("a/+", "a/#")]
    [InlineData("a/b", "#")]
    [InlineData("a/b/#", "a/#")]
    [InlineData("a/+/c", "a/+/+")]
    [InlineData("#", "$SYS/uptime")]
    [InlineData("+/uptime", "$SYS/uptime")]
    [InlineData("a", "A")]
    [InlineData("a", "a/")]
    public void What_could_match_more_is_not_covered(string allowed, string asked) => Assert.False(TopicFilter.Covers(allowed, asked));

    [Theory]
    [InlineData("a/+/b", true)]
    [InlineData("#", true)]
    [InlineData("+", true)]
    [InlineData("/", true)]
    [InlineData("", false)]
    [InlineData("a#", false)]
    [InlineData("a/#/b", false)]
    [InlineData("a/b+", false)]
    [InlineData("a\0b", false)]
    public void A_wildcard_stands_for_whole_levels(string filter, bool isValid) => Assert.Equal(isValid, TopicFilter.IsValid(filter));
}
