using IndustrieFutur.Edge.OpcUa.Server.Space;
using IndustrieFutur.Edge.OpcUa.Types;
using IndustrieFutur.Edge.OpcUa.Types.Generated;

namespace IndustrieFutur.Edge.OpcUa.Server.Subscriptions.Events;

/// <summary>Which events a client wants (ContentFilter, OPC UA Part 4, 7.7.1): the first element is the answer, elements refer to later ones.</summary>
/// <remarks>
/// Worked out from the last element to the first, each once: a hostile filter costs no more than its length. What cannot be told is null,
/// as in Part 4, 7.7.3, and an event passes only when the answer is true.
/// </remarks>
internal sealed class WhereClause(WhereElement[] elements)
{
    public bool Passes(UaEvent happened, AddressSpace space)
    {
        if (elements.Length == 0)
        {
            return true;
        }

        var results = new Variant[elements.Length];
        for (var i = elements.Length - 1; i >= 0; i--)
        {
            var operands = Array.ConvertAll(elements[i].Operands, operand => ValueOf(operand, happened, space, results));
            results[i] = Result(elements[i].Operator, operands, happened, space);
        }

        return results[0].Value is true;
    }

    private static Variant ValueOf(FilterOperand operand, UaEvent happened, AddressSpace space, Variant[] results) =>
        operand.Element >= 0 ? results[operand.Element] : operand.Field?.Of(happened, space) ?? operand.Literal;

    private static Variant Result(FilterOperator @operator, Variant[] operands, UaEvent happened, AddressSpace space) => @operator switch
    {
        FilterOperator.IsNull => Of(FilterComparison.IsNull(operands[0])),
        FilterOperator.OfType => Of(operands[0].Value is NodeId type && space.IsSubtype(happened.EventType, type)),
        FilterOperator.And => Of(And(Truth(operands[0]), Truth(operands[1]))),
        FilterOperator.Or => Of(Or(Truth(operands[0]), Truth(operands[1]))),
        FilterOperator.Not => Of(!Truth(operands[0])),
        FilterOperator.Like => Of(Like(operands[0], operands[1])),
        FilterOperator.InList => Of(InList(operands)),
        FilterOperator.Between => Of(And(
            Lift(Order(operands[0], operands[1]), order => order >= 0), Lift(Order(operands[0], operands[2]), order => order <= 0))),
        FilterOperator.Equals => Of(FilterComparison.AreEqual(operands[0], operands[1])),
        FilterOperator.GreaterThan => Of(Lift(Order(operands[0], operands[1]), order => order > 0)),
        FilterOperator.LessThan => Of(Lift(Order(operands[0], operands[1]), order => order < 0)),
        FilterOperator.GreaterThanOrEqual => Of(Lift(Order(operands[0], operands[1]), order => order >= 0)),
        FilterOperator.LessThanOrEqual => Of(Lift(Order(operands[0], operands[1]), order => order <= 0)),
        FilterOperator.BitwiseAnd => Bits(operands[0], operands[1], static (one, other) => one & other),
        FilterOperator.BitwiseOr => Bits(operands[0], operands[1], static (one, other) => one | other),
        _ => Variant.Null,
    };

    private static Variant Of(bool? truth) => truth is { } known ? Variant.Of(known) : Variant.Null;

    private static bool? Truth(Variant value) => value.Value as bool?;

    private static bool? And(bool? one, bool? other) => one == false || other == false ? false : one & other;

    private static bool? Or(bool? one, bool? other) => one == true || other == true ? true : one | other;

    private static int? Order(Variant one, Variant other) => FilterComparison.Order(one, other);

    private static bool? Lift(int? order, Func<int, bool> isWanted) => order is { } known ? isWanted(known) : null;

    private static bool? Like(Variant text, Variant pattern) =>
        FilterComparison.TextOf(text) is { } known && FilterComparison.TextOf(pattern) is { } wanted ? LikePattern.Matches(known, wanted) : null;

    private static bool? InList(Variant[] operands)
    {
        bool? found = false;
        foreach (var candidate in operands.AsSpan(1))
        {
            found = Or(found, FilterComparison.AreEqual(operands[0], candidate));
        }

        return found;
    }

    private static Variant Bits(Variant one, Variant other, Func<long, long, long> join) =>
        FilterComparison.WholeOf(one) is { } left && FilterComparison.WholeOf(other) is { } right ? Variant.Of(join(left, right)) : Variant.Null;
}
