using System.Globalization;
using IndustrieFutur.Edge.Core.Orders;
using IndustrieFutur.Edge.Core.Plans;
using IndustrieFutur.Edge.Core.Sampling;
using IndustrieFutur.Edge.OpcUa.Client;
using IndustrieFutur.Edge.OpcUa.Types;
using IndustrieFutur.Edge.OpcUa.Types.Generated;

namespace IndustrieFutur.Edge.Drivers.OpcUa.Orders;

/// <summary>Does what orders say in a session: one Write or one Call each, sent once.</summary>
internal sealed class OpcUaOrders
{
    /// <summary>A target that was not in order is looked up again: a PLC's program may come after its server. Rarely, for it costs a few requests.</summary>
    private const long LookAgainNanos = 30_000_000_000;

    private readonly Dictionary<int, OpcUaCommandTarget[]> _byDevice;
    private readonly OpcUaCommandTarget[] _all;
    private long _lookMonoNanos = long.MaxValue;

    public OpcUaOrders(IReadOnlyList<DeviceBinding> devices)
    {
        _byDevice = devices.ToDictionary(
            device => device.Plan.Index,
            device => device.Options.CommandTargets().Select(target => new OpcUaCommandTarget((OpcUaTargetOptions)target.Value)).ToArray());
        _all = [.. _byDevice.Values.SelectMany(targets => targets)];
    }

    /// <summary>After a connection: as the signals, so the targets are looked up in the session at hand.</summary>
    public void Recover(UaSession session, long monoNow) => Find(session, _all, monoNow);

    public void LookAgain(UaSession session, long monoNow)
    {
        if (monoNow >= _lookMonoNanos)
        {
            Find(session, [.. _all.Where(target => target.Fault is not null)], monoNow);
        }
    }

    /// <summary>As <see cref="ICommandTarget.Execute"/>.</summary>
    /// <param name="session">Null, or without a channel: the link is not there.</param>
    /// <param name="order">What is to be done.</param>
    /// <param name="command">Says to which target.</param>
    public OrderAnswer Execute(UaSession? session, Order order, CommandPlan command)
    {
        ArgumentNullException.ThrowIfNull(order);
        ArgumentNullException.ThrowIfNull(command);
        if (session is not { IsConnected: true })
        {
            return NotSent("there is no connection to the server");
        }

        if (!_byDevice.TryGetValue(command.Device, out var targets) || (uint)command.Target >= (uint)targets.Length)
        {
            return NotSent("the device has no such target");
        }

        var target = targets[command.Target];
        if (target.Fault is { } fault)
        {
            return NotSent(fault);
        }

        return TryWrap(target.Options, order, out var values)
            ? Send(session, target, values)
            : NotSent("its values are not those that the target takes");
    }

    private void Find(UaSession session, OpcUaCommandTarget[] targets, long monoNow)
    {
        if (targets.Length == 0)
        {
            return;
        }

        try
        {
            new OpcUaTargetFinder(session).Find(targets);
        }
        catch (UaException cause) when (session.IsConnected)
        {
            // What cannot be commanded must not take the signals with it.
            Array.ForEach(targets, target =>
            {
                target.Begin();
                target.Fail($"the server does not let it be looked up: {StatusCodes.NameOf(cause.Status)}");
            });
        }

        _lookMonoNanos = Array.Exists(_all, target => target.Fault is not null) ? monoNow + LookAgainNanos : long.MaxValue;
    }

    private static bool TryWrap(OpcUaTargetOptions options, Order order, out Variant[] values)
    {
        OpcUaNumber[] types = options.IsCall ? [.. options.Arguments] : [options.Type!.Value];
        values = new Variant[types.Length];
        if (order.Count != types.Length)
        {
            return false;
        }

        for (var i = 0; i < types.Length; i++)
        {
            if (!OpcUaNumbers.TryWrap(types[i], order.Value(i), out values[i]))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>
    /// Past the batches of the client, which are for lists: only the exception tells whether the server refused or was not heard. Whatever
    /// it is, nothing is sent again, by nobody: neither a channel nor a session resends a request.
    /// </summary>
    private static OrderAnswer Send(UaSession session, OpcUaCommandTarget target, Variant[] values)
    {
        try
        {
            return target.Options.IsCall ? Call(session, target, values) : Write(session, target, values[0]);
        }
        catch (UaException refused) when (refused.IsOfPeer)
        {
            return Refused(refused.Status);
        }
        catch (UaException lost)
        {
            return Unanswered(lost.Status, $"no answer came: {StatusCodes.NameOf(lost.Status)}");
        }
        catch (OperationCanceledException)
        {
            return Unanswered(0, "the service was stopped before an answer came");
        }
        catch (Exception cause)
        {
            // A fault of ours after the request may have left: nothing is known, and the link must live on.
            return Unanswered(0, $"no answer was understood: {cause.Message}");
        }
    }

    private static OrderAnswer Write(UaSession session, OpcUaCommandTarget target, Variant value)
    {
        var request = new WriteRequest
        {
            NodesToWrite = [new WriteValue { NodeId = target.Node, AttributeId = AttributeIds.Value, Value = new DataValue(value) }],
        };
        return session.Invoke(request).Results is [var status]
            ? Judge(status, "")
            : Unanswered(StatusCodes.BadUnknownResponse, "the server's answer has no result");
    }

    private static OrderAnswer Call(UaSession session, OpcUaCommandTarget target, Variant[] values)
    {
        var request = new CallRequest
        {
            MethodsToCall = [new CallMethodRequest { ObjectId = target.Object, MethodId = target.Node, InputArguments = values }],
        };
        if (session.Invoke(request).Results is not [var result])
        {
            return Unanswered(StatusCodes.BadUnknownResponse, "the server's answer has no result");
        }

        if (StatusCode.IsBad(result.StatusCode))
        {
            return Judge(result.StatusCode, ArgumentsOf(result));
        }

        // A server that says Good and yet faults an argument has not done what was asked, or not with these values.
        if ((result.InputArgumentResults ?? []).Any(StatusCode.IsBad))
        {
            return Judge(StatusCodes.BadInvalidArgument, ArgumentsOf(result));
        }

        return target.AnswersStatus && StatusOf(result) is { } own && own != 0
            ? OrderAnswer.Rejected(unchecked((uint)own), string.Create(CultureInfo.InvariantCulture, $"the method answers Status {own}{NameOf(own)}"))
            : Judge(result.StatusCode, "");
    }

    private static OrderAnswer Judge(uint status, string more) =>
        StatusCode.IsBad(status) ? Refused(status, more)
        : new OrderAnswer(OrderVerdict.Taken, status, status == StatusCodes.Good ? "" : StatusCodes.NameOf(status));

    private static OrderAnswer Refused(uint status, string more = "") =>
        IsDoubtful(status)
            ? Unanswered(status, $"the server does not know what became of it: {Words(status)}{more}")
            : OrderAnswer.Rejected(status, Words(status) + more);

    /// <summary>The server, often a gateway before a PLC, had sent it on or begun with it: that is no refusal.</summary>
    private static bool IsDoubtful(uint status) => (status & 0xFFFF_0000)
        is StatusCodes.BadTimeout or StatusCodes.BadRequestTimeout or StatusCodes.BadCommunicationError or StatusCodes.BadNoCommunication
        or StatusCodes.BadUnexpectedError or StatusCodes.BadInternalError or StatusCodes.BadUnknownResponse or StatusCodes.BadConnectionClosed
        or StatusCodes.BadRequestInterrupted or StatusCodes.BadOperationAbandoned;

    private static string ArgumentsOf(CallMethodResult result)
    {
        var wrong = (result.InputArgumentResults ?? [])
            .Select((status, place) => (Status: status, Place: place + 1))
            .Where(argument => StatusCode.IsBad(argument.Status))
            .Select(argument => string.Create(CultureInfo.InvariantCulture, $"; argument {argument.Place}: {StatusCodes.NameOf(argument.Status)}"));
        return string.Concat(wrong);
    }

    /// <summary>The one output of the Robotics specification's methods.</summary>
    private static int? StatusOf(CallMethodResult result) => result.OutputArguments is [{ Value: int status }, ..] ? status : null;

    /// <summary>OPC 40010-1, 1.02: what the numbers above 0 mean; those below are the vendor's.</summary>
    private static string NameOf(int status) => status switch
    {
        1 => " (E_SystemState)",
        2 => " (E_UnexpectedError)",
        3 => " (E_ActiveAlarm)",
        4 => " (E_AcknowledgeRequired)",
        _ => "",
    };

    private static string Words(uint status) => string.Create(CultureInfo.InvariantCulture, $"{StatusCodes.NameOf(status)} (0x{status:X8})");

    private static OrderAnswer NotSent(string why) => new(OrderVerdict.NotSent, 0, why);

    private static OrderAnswer Unanswered(uint status, string why) => new(OrderVerdict.Unanswered, status, why);
}
