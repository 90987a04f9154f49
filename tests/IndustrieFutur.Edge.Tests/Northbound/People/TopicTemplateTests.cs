using IndustrieFutur.Edge.Northbound.People;

namespace IndustrieFutur.Edge.Tests.Northbound.People;

/// <summary>Topics as a site wants them, and no two of them alike.</summary>
public sealed class TopicTemplateTests
{
    [Theory]
    [InlineData("people/{group}/{edge}/{device}/{signal}")]
    [InlineData("v1/{device}/tel/{signal}")]
    [InlineData("usine-1/cellule {edge}/x-{device}/{signal}.json")]
    public void A_template_that_tells_all_signals_apart_is_taken(string template)
    {
        Assert.Null(TopicTemplate.Mistake(template, ["device", "signal"], ["group", "edge"]));
    }

    [Theory]
    [InlineData("", "1 to 200 bytes")]
    [InlineData("people/{device}", "{signal} is missing")]
    [InlineData("people/{signal}", "{device} is missing")]
    [InlineData("people/{device}-{signal}", "must hold one placeholder")]
    [InlineData("people/{device}/{signal", "must hold one placeholder")]
    [InlineData("people/}{/{device}/{signal}", "must hold one placeholder")]
    [InlineData("people/{device}/{name}", "{name} is unknown here; there are {device}, {signal}, {group}, {edge}")]
    [InlineData("people/+/{device}/{signal}", "have no place in a topic")]
    [InlineData("people/{device}/{signal}/#", "have no place in a topic")]
    [InlineData("people/{device}/{signal}\n", "have no place in a topic")]
    [InlineData("$people/{device}/{signal}", "neither begins with")]
    [InlineData("/people/{device}/{signal}", "neither begins with")]
    [InlineData("people//{device}/{signal}", "neither begins with")]
    [InlineData("edge/v1/{device}/{signal}", "are those of the protocols")]
    [InlineData("spBv1.0/{device}/{signal}", "are those of the protocols")]
    public void Any_other_is_told_with_what_to_write(string template, string expected)
    {
        Assert.Contains(expected, TopicTemplate.Mistake(template, ["device", "signal"], ["group", "edge"]), StringComparison.Ordinal);
    }

    [Fact]
    public void A_template_is_measured_in_bytes()
    {
        var template = new string('é', 93) + "/{device}";

        Assert.Null(TopicTemplate.Mistake(template, ["device"], []));
        Assert.NotNull(TopicTemplate.Mistake(template + "ééé", ["device"], []));
    }

    [Fact]
    public void Each_placeholder_becomes_an_id()
    {
        Assert.Equal("a/g/e/plc/conv.speed", TopicTemplate.Fill("a/{group}/{edge}/{device}/{signal}", "g", "e", "plc", "conv.speed"));
    }
}
