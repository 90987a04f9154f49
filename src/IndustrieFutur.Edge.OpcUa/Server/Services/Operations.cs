using IndustrieFutur.Edge.OpcUa.Types;

namespace IndustrieFutur.Edge.OpcUa.Server.Services;

/// <summary>A request's list of operations: there must be some, and not too many (OPC UA Part 4, 7.38.2); each gets exactly one result.</summary>
internal static class Operations
{
    public static TResult[] Each<T, TResult>(T[]? operations, int max, Func<T, TResult> answer)
    {
        Check(operations, max);
        return Array.ConvertAll(operations!, operation => answer(operation));
    }

    public static void Check<T>(T[]? operations, int max)
    {
        if (operations is not { Length: > 0 })
        {
            throw new UaException(StatusCodes.BadNothingToDo, "A client asks for nothing at all; the request is refused.");
        }

        if (operations.Length > max)
        {
            throw new UaException(
                StatusCodes.BadTooManyOperations, $"A client asks for {operations.Length} things at once where {max} are allowed; the request is refused.");
        }
    }
}
