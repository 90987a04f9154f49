using IndustrieFutur.Edge.OpcUa.Server.Space;
using IndustrieFutur.Edge.OpcUa.Types;
using IndustrieFutur.Edge.OpcUa.Types.Generated;

namespace IndustrieFutur.Edge.OpcUa.Server.Services;

/// <summary>Call (OPC UA Part 4, 5.12.2): a method gets arguments of the number and the types that it declares.</summary>
internal static class CallService
{
    private static readonly QualifiedName InputArguments = new(0, "InputArguments");

    public static CallResponse Answer(CallRequest request, SessionContext session) => new()
    {
        Results = Operations.Each(request.MethodsToCall, session.Limits.NodesPerMethodCallMax, call => Call(call, session)),
    };

    private static CallMethodResult Call(CallMethodRequest call, SessionContext session)
    {
        session.Counters.CountCall();
        var target = session.Space.Find(call.ObjectId);
        if (target is null)
        {
            return Refusal(StatusCodes.BadNodeIdUnknown);
        }

        var method = session.Space.FindMethod(target, call.MethodId);
        if (method is null)
        {
            return Refusal(StatusCodes.BadMethodInvalid);
        }

        if (method.Handler is not { } handler)
        {
            return Refusal(StatusCodes.BadNotExecutable);
        }

        var given = call.InputArguments ?? [];
        return CheckArguments(session.Space, method, given) is { } refusal
            ? refusal
            : Result(handler(new MethodCall(target, method, given, session.Caller)), given.Length);
    }

    /// <summary>Null when they are right.</summary>
    private static CallMethodResult? CheckArguments(AddressSpace space, UaMethod method, Variant[] given)
    {
        var declared = Declared(space, method);
        if (given.Length != declared.Count)
        {
            return Refusal(given.Length < declared.Count ? StatusCodes.BadArgumentsMissing : StatusCodes.BadTooManyArguments);
        }

        var statuses = new uint[given.Length];
        for (var i = 0; i < statuses.Length; i++)
        {
            var isRight = TypeRules.Accepts(space, declared[i].DataType, declared[i].ValueRank, given[i]);
            statuses[i] = isRight ? StatusCodes.Good : StatusCodes.BadTypeMismatch;
        }

        return statuses.All(status => status == StatusCodes.Good)
            ? null
            : new CallMethodResult { StatusCode = StatusCodes.BadInvalidArgument, InputArgumentResults = statuses };
    }

    private static List<Argument> Declared(AddressSpace space, UaMethod method)
    {
        var property = space.Step(method, new NodeId(0, NodeIds.HasProperty), false, true, InputArguments).OfType<UaVariable>().FirstOrDefault();
        var arguments = new List<Argument>();
        foreach (var wrapped in property?.Value.Value.Value as ExtensionObject[] ?? [])
        {
            if (wrapped.TryDecode<Argument>(out var argument))
            {
                arguments.Add(argument);
            }
        }

        return arguments;
    }

    private static CallMethodResult Result(MethodAnswer answer, int arguments) => new()
    {
        StatusCode = answer.Status,
        InputArgumentResults = answer.ArgumentStatuses ?? (answer.Status == StatusCodes.Good ? new uint[arguments] : null),
        OutputArguments = answer.Outputs,
    };

    private static CallMethodResult Refusal(uint status) => new() { StatusCode = status };
}
