using IndustrieFutur.Edge.OpcUa.Server.Services;
using IndustrieFutur.Edge.OpcUa.Server.Space;
using IndustrieFutur.Edge.OpcUa.Types;
using IndustrieFutur.Edge.OpcUa.Types.Generated;

namespace IndustrieFutur.Edge.OpcUa.Server.Subscriptions.Events;

/// <summary>Checks a client's event filter clause by clause and makes a selection of it (OPC UA Part 4, 7.22.3).</summary>
/// <remarks>A select clause that is wrong costs its own field; a where clause that is wrong costs the whole monitored item.</remarks>
internal sealed class EventFilterCheck(EventNotifiers notifiers)
{
    /// <summary>More fields than all event types of the standard have together.</summary>
    private const int SelectClausesMax = 300;

    private const int WhereElementsMax = 100;

    private const int OperandsMax = 1_000;

    private static readonly NodeId BaseEventType = new(0, NodeIds.BaseEventType);

    private readonly AddressSpace _space = notifiers.Space;

    /// <summary>Null, with a Bad status, for a filter that cannot be used; the result tells clause by clause.</summary>
    public EventSelection? Check(EventFilter filter, out uint status, out EventFilterResult result)
    {
        var clauses = filter.SelectClauses ?? [];
        var elements = filter.WhereClause.Elements ?? [];
        result = new EventFilterResult();
        status = StatusCodes.BadEventFilterInvalid;
        if (clauses.Length is 0 or > SelectClausesMax || elements.Length > WhereElementsMax)
        {
            return null;
        }

        result.SelectClauseResults = new uint[clauses.Length];
        var selected = new SelectClause?[clauses.Length];
        for (var i = 0; i < clauses.Length; i++)
        {
            selected[i] = CheckField(clauses[i], out result.SelectClauseResults[i]);
        }

        var where = CheckWhere(elements, out var elementResults);
        result.WhereClauseResult.ElementResults = elementResults;
        status = where is null ? StatusCodes.BadEventFilterInvalid : StatusCodes.Good;
        return where is null ? null : new EventSelection(_space, selected, where);
    }

    /// <summary>How many operands each operator takes; 0 to 0 for those that we do not have.</summary>
    private static (int Min, int Max) OperandsOf(FilterOperator @operator) => @operator switch
    {
        FilterOperator.IsNull or FilterOperator.Not or FilterOperator.OfType => (1, 1),
        FilterOperator.Between => (3, 3),
        FilterOperator.InList => (2, OperandsMax),
        FilterOperator.Cast or FilterOperator.InView or FilterOperator.RelatedTo => (0, 0),
        _ => (2, 2),
    };

    private SelectClause? CheckField(SimpleAttributeOperand operand, out uint status)
    {
        status = StatusCodes.BadIndexRangeInvalid;
        if (!IndexRange.TryParse(operand.IndexRange, out var range))
        {
            return null;
        }

        var typeId = operand.TypeDefinitionId.IsNull ? BaseEventType : operand.TypeDefinitionId;
        status = StatusCodes.BadTypeDefinitionInvalid;
        if (_space.Find(typeId) is not UaObjectType type || !type.Is(BaseEventType))
        {
            return null;
        }

        var path = operand.BrowsePath ?? [];
        var key = EventPath.KeyOf(path);
        status = StatusCodes.BadNodeIdUnknown;
        if (DeclarationOf(type, path, key) is not { } declaration)
        {
            return null;
        }

        status = StatusOf(operand.AttributeId, declaration, key);
        return status == StatusCodes.Good ? new SelectClause(typeId, key, operand.AttributeId, declaration, range) : null;
    }

    /// <summary>An empty path with NodeId is the ConditionId (OPC UA Part 9, 5.5.2).</summary>
    private static uint StatusOf(uint attributeId, UaNode declaration, string key)
    {
        var isKnown = attributeId switch
        {
            AttributeIds.Value => declaration is UaVariable,
            AttributeIds.NodeId => key.Length == 0,
            _ => declaration.Attribute(attributeId).Status == StatusCodes.Good,
        };
        return isKnown ? StatusCodes.Good : StatusCodes.BadAttributeIdInvalid;
    }

    /// <summary>The field on the type or its supertypes; asked of BaseEventType it may be any type's, as many clients ask.</summary>
    private UaNode? DeclarationOf(UaType type, QualifiedName[] path, string key)
    {
        for (UaType? owner = type; owner is not null; owner = owner.Supertype)
        {
            if (_space.FindPath(owner, path) is { } declaration)
            {
                return declaration;
            }
        }

        return type.Id == BaseEventType ? notifiers.Fields.Find(key) : null;
    }

    private WhereClause? CheckWhere(ContentFilterElement[] elements, out ContentFilterElementResult[] results)
    {
        results = new ContentFilterElementResult[elements.Length];
        var where = new WhereElement[elements.Length];
        var isGood = true;
        for (var i = 0; i < elements.Length; i++)
        {
            where[i] = CheckElement(elements[i], i, elements.Length, out results[i]);
            isGood &= results[i].StatusCode == StatusCodes.Good;
        }

        return isGood ? new WhereClause(where) : null;
    }

    private WhereElement CheckElement(ContentFilterElement element, int index, int count, out ContentFilterElementResult result)
    {
        var operands = element.FilterOperands ?? [];
        var (min, max) = OperandsOf(element.FilterOperator);
        result = new ContentFilterElementResult
        {
            StatusCode = !Enum.IsDefined(element.FilterOperator) ? StatusCodes.BadFilterOperatorInvalid
                : max == 0 ? StatusCodes.BadFilterOperatorUnsupported
                : operands.Length < min || operands.Length > max ? StatusCodes.BadFilterOperandCountMismatch
                : StatusCodes.Good,
        };
        if (result.StatusCode != StatusCodes.Good)
        {
            return default;
        }

        result.OperandStatusCodes = new uint[operands.Length];
        var checkedOperands = new FilterOperand[operands.Length];
        for (var i = 0; i < operands.Length; i++)
        {
            checkedOperands[i] = CheckOperand(operands[i], index, count, out result.OperandStatusCodes[i]);
        }

        result.StatusCode = Array.TrueForAll(result.OperandStatusCodes, status => status == StatusCodes.Good)
            ? StatusCodes.Good
            : StatusCodes.BadFilterOperandInvalid;
        return new WhereElement(element.FilterOperator, checkedOperands);
    }

    private FilterOperand CheckOperand(ExtensionObject operand, int index, int count, out uint status)
    {
        status = StatusCodes.Good;
        try
        {
            if (operand.TryDecode<LiteralOperand>(out var literal))
            {
                return new FilterOperand(literal.Value, null);
            }

            if (operand.TryDecode<SimpleAttributeOperand>(out var field))
            {
                return new FilterOperand(Variant.Null, CheckField(field, out status));
            }

            // Only later elements: a filter cannot turn in a circle.
            if (operand.TryDecode<ElementOperand>(out var element) && element.Index > index && element.Index < count)
            {
                return new FilterOperand(Variant.Null, null, (int)element.Index);
            }
        }
        catch (UaDecodingException)
        {
            status = StatusCodes.BadFilterOperandInvalid;
        }

        status = StatusCodes.BadFilterOperandInvalid;
        return default;
    }
}
