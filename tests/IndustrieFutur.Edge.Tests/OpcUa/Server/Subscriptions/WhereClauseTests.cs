using System.Diagnostics;
using IndustrieFutur.Edge.OpcUa.Server.Space;
using IndustrieFutur.Edge.OpcUa.Server.Subscriptions.Events;
using IndustrieFutur.Edge.OpcUa.Types;
using IndustrieFutur.Edge.OpcUa.Types.Generated;

namespace IndustrieFutur.Edge.Tests.OpcUa.Server.Subscriptions;

/// <summary>The operators of OPC UA Part 4, 7.7.3, on an event: severity 500, message "Axis 3 is hot", no SourceNode.</summary>
public sealed class WhereClauseTests
{
    private static readonly AddressSpace Space = Loaded();

    private static readonly UaEvent Happened = new UaEvent
    {
        EventType = new NodeId(0, NodeIds.BaseEventType),
        Severity = 500,
        Message = new LocalizedText("en", "Axis 3 is hot"),
        SourceNode = NodeId.Null,
    }.With(Variant.Of(true), new QualifiedName(0, "Retain"));

    public static TheoryData<FilterOperator, object?[], bool> Cases { get; } = new()
    {
        { FilterOperator.Equals, ["Severity", 500], true },
        { FilterOperator.Equals, ["Severity", 500.0], true },
        { FilterOperator.Equals, ["Severity", "x"], false },
        { FilterOperator.Equals, ["Message", "Axis 3 is hot"], true },
        { FilterOperator.Equals, ["SourceNode", null], false },
        { FilterOperator.GreaterThan, ["Severity", 499.9], true },
        { FilterOperator.GreaterThan, ["Severity", 500L], false },
        { FilterOperator.GreaterThanOrEqual, ["Severity", (byte)200], true },
        { FilterOperator.LessThan, ["Severity", 501u], true },
        { FilterOperator.LessThan, ["Severity", double.NaN], false },
        { FilterOperator.LessThanOrEqual, ["Severity", 500UL], true },
        { FilterOperator.IsNull, ["SourceNode"], true },
        { FilterOperator.IsNull, ["Severity"], false },
        { FilterOperator.Between, ["Severity", 100, 500], true },
        { FilterOperator.Between, ["Severity", 501, 900], false },
        { FilterOperator.InList, ["Severity", 1, 500, 3], true },
        { FilterOperator.InList, ["Severity", 1, 2], false },
        { FilterOperator.Like, ["Message", "Axis % hot"], true },
        { FilterOperator.Like, ["Message", "Axis _ is hot"], true },
        { FilterOperator.Like, ["Message", "Axis [1-3]%"], true },
        { FilterOperator.Like, ["Message", "Axis [^1-3]%"], false },
        { FilterOperator.Like, ["Message", "axis%"], false },
        { FilterOperator.Like, ["Message", "Axis 3 is hot\\%"], false },
        { FilterOperator.Like, ["Severity", "5%"], false },
        { FilterOperator.Not, ["Retain"], false },
        { FilterOperator.And, ["Retain", true], true },
        { FilterOperator.And, ["Retain", null], false },
        { FilterOperator.Or, [false, "Retain"], true },
        { FilterOperator.Or, [null, false], false },
    };

    [Theory]
    [MemberData(nameof(Cases))]
    public void An_operator_answers_as_the_standard_says(FilterOperator @operator, object?[] operands, bool passes)
    {
        Assert.Equal(passes, Passes(Wanted.Element(@operator, Array.ConvertAll(operands, OperandOf))));
    }

    [Fact]
    public void What_cannot_be_told_stays_so_when_it_is_negated()
    {
        var comparison = Wanted.Element(FilterOperator.GreaterThan, Wanted.Field("SourceNode"), Wanted.Literal(Variant.Of(1)));

        Assert.False(Passes(comparison));
        Assert.False(Passes(Wanted.Element(FilterOperator.Not, Wanted.Other(1)), comparison));
    }

    [Fact]
    public void Bits_are_joined_before_they_are_compared()
    {
        Assert.True(Passes(
            Wanted.Element(FilterOperator.Equals, Wanted.Other(1), Wanted.Literal(Variant.Of(0x104))),
            Wanted.Element(FilterOperator.BitwiseAnd, Wanted.Field("Severity"), Wanted.Literal(Variant.Of(0x10F)))));
    }

    [Fact]
    public void A_filter_that_doubles_with_each_element_costs_no_more_than_its_length()
    {
        var elements = Enumerable.Range(0, 99)
            .Select(index => Wanted.Element(FilterOperator.And, Wanted.Other((uint)index + 1), Wanted.Other((uint)index + 1)))
            .Append(Wanted.Element(FilterOperator.Equals, Wanted.Literal(Variant.Of(1)), Wanted.Literal(Variant.Of(1))))
            .ToArray();
        var watch = Stopwatch.StartNew();

        Assert.True(Passes(elements));
        Assert.InRange(watch.Elapsed, TimeSpan.Zero, TimeSpan.FromSeconds(5));
    }

    [Theory]
    [InlineData("", "", true)]
    [InlineData("", "%", true)]
    [InlineData("abc", "%%%", true)]
    [InlineData("abc", "a%b", false)]
    [InlineData("abcabc", "%abc", true)]
    [InlineData("a%c", "a\\%c", true)]
    [InlineData("a]c", "a]c", true)]
    [InlineData("a[c", "a[c", true)]
    [InlineData("abc", "ab", false)]
    [InlineData("ab", "abc", false)]
    public void Patterns_match_whole_texts(string text, string pattern, bool matches) => Assert.Equal(matches, LikePattern.Matches(text, pattern));

    private static AddressSpace Loaded()
    {
        var space = new AddressSpace("urn:test:where");
        NodeSets.Load(space);
        return space;
    }

    private static IUaStructure OperandOf(object? operand) => operand switch
    {
        "Severity" or "Message" or "SourceNode" or "Retain" => Wanted.Field((string)operand),
        string text => Wanted.Literal(Variant.Of(text)),
        bool truth => Wanted.Literal(Variant.Of(truth)),
        int number => Wanted.Literal(Variant.Of(number)),
        uint number => Wanted.Literal(Variant.Of(number)),
        long number => Wanted.Literal(Variant.Of(number)),
        ulong number => Wanted.Literal(Variant.Of(number)),
        byte number => Wanted.Literal(Variant.Of(number)),
        double number => Wanted.Literal(Variant.Of(number)),
        _ => Wanted.Literal(Variant.Null),
    };

    private static bool Passes(params ContentFilterElement[] elements)
    {
        var check = new EventFilterCheck(new EventNotifiers(Space, TimeProvider.System));
        var selection = check.Check(Wanted.Select("Message").Where(elements), out var status, out _);
        Assert.Equal(StatusCodes.Good, status);
        return selection!.Wants(Happened);
    }
}
