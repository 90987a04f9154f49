using System.Globalization;
using IndustrieFutur.Edge.Core.Plans;
using IndustrieFutur.Edge.Core.Sampling;
using IndustrieFutur.Edge.Northbound.Sparkplug;

namespace IndustrieFutur.Edge.App.Commands;

/// <summary>What a Sparkplug host wrote to a signal, as the values that the signal's command is given. A DCMD carries one value, and no names.</summary>
internal static class HostValue
{
    private static readonly IReadOnlyDictionary<string, string> None = new Dictionary<string, string>();

    /// <summary>Null: <paramref name="mistake"/> says why it is none.</summary>
    public static IReadOnlyDictionary<string, string>? Of(in DeviceOrder order, CommandPlan command, out string mistake)
    {
        mistake = "";
        if (command.Parameters.Count > 1)
        {
            mistake = $"the command {command.Id} needs {command.Parameters.Count} values, and a DCMD has one.";
            return null;
        }

        if (command.Parameters.Count == 0)
        {
            // The host writes what the command writes, or sets it off by true: anything else means something else.
            var expected = command.Values.Count == 1 ? command.Values[0] : 1;
            mistake = Number(order) == expected ? "" : string.Create(CultureInfo.InvariantCulture, $"the command {command.Id} is given by writing {expected} (true is 1), nothing else.");
            return mistake.Length == 0 ? None : null;
        }

        var parameter = command.Parameters[0];
        var text = Written(order, parameter);
        mistake = text.Length > 0 ? "" : $"the value is none of the command {command.Id}.";
        return text.Length > 0 ? new Dictionary<string, string> { [parameter.Id] = text } : null;
    }

    /// <summary>Empty: no value.</summary>
    private static string Written(in DeviceOrder order, ParameterPlan parameter)
    {
        if (order.Signal.Kind == ValueKind.Text)
        {
            return order.Text;
        }

        if (parameter.Choices.Count > 0)
        {
            // A host that shows a number means the place in the list, as an order does.
            return Number(order) is var place && place >= 0 && place < parameter.Choices.Count && place == Math.Truncate(place) ? parameter.Choices[(int)place] : "";
        }

        return order.Signal.Kind switch
        {
            ValueKind.Boolean => order.Bits != 0 ? "true" : "false",
            ValueKind.Int64 => order.Bits.ToString(CultureInfo.InvariantCulture),
            ValueKind.UInt64 => ((ulong)order.Bits).ToString(CultureInfo.InvariantCulture),
            _ => BitConverter.Int64BitsToDouble(order.Bits) is var number && double.IsFinite(number) ? number.ToString("R", CultureInfo.InvariantCulture) : "",
        };
    }

    private static double Number(in DeviceOrder order) => order.Signal.Kind switch
    {
        ValueKind.Text => double.NaN,
        ValueKind.Boolean => order.Bits != 0 ? 1 : 0,
        ValueKind.Int64 => order.Bits,
        ValueKind.UInt64 => (ulong)order.Bits,
        _ => BitConverter.Int64BitsToDouble(order.Bits),
    };
}
