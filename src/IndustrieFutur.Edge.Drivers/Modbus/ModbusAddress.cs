using System.Globalization;
using IndustrieFutur.Edge.Protocols.Modbus;

namespace IndustrieFutur.Edge.Drivers.Modbus;

/// <summary>A place in a device's tables, from the many ways in which integrators and manuals write it.</summary>
/// <param name="Table">Which of the four tables.</param>
/// <param name="Number">The address on the wire, from 0.</param>
internal readonly record struct ModbusAddress(ModbusTable Table, int Number)
{
    private const string Remedy =
        "write \"holding:7\", \"input:7\", \"coil:7\" or \"discrete:7\", or \"4x7\", \"3x7\", \"0x7\", \"1x7\", or the five or six digits of a manual such as \"40007\"";

    /// <summary>
    /// Reads "holding:7", "4x7", "40007" or "400007": the table and a number that counts from <paramref name="addressBase"/>, so that
    /// "40001" is register 0 of a device that counts from 1.
    /// </summary>
    public static bool TryParse(string text, int addressBase, out ModbusAddress address, out string error)
    {
        address = default;
        if (!TrySplit(text, out var table, out var digits))
        {
            error = $"\"{text}\" is no Modbus address; {Remedy}";
            return false;
        }

        if (!int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var number))
        {
            error = $"\"{text}\" has no number behind its table; {Remedy}";
            return false;
        }

        address = new ModbusAddress(table, number - addressBase);
        error = address.Number is >= 0 and <= ushort.MaxValue
            ? ""
            : $"\"{text}\" is address {number - addressBase} on the wire, which goes from 0 to 65535; "
                + $"this device counts from {addressBase} (addressBase), so write {addressBase} to {addressBase + ushort.MaxValue} behind the table";
        return error.Length == 0;
    }

    /// <summary>The table alone, whatever the number: what a value of it can be does not depend on where it stands.</summary>
    public static bool TryTable(string text, out ModbusTable table) => TrySplit(text, out table, out _);

    private static bool TrySplit(string text, out ModbusTable table, out ReadOnlySpan<char> digits)
    {
        var colon = text.IndexOf(':', StringComparison.Ordinal);
        if (colon > 0)
        {
            digits = text.AsSpan(colon + 1);
            return TryName(text[..colon], out table);
        }

        digits = text.AsSpan(Math.Min(text.Length, 1));
        if (digits.StartsWith("x", StringComparison.OrdinalIgnoreCase))
        {
            digits = digits[1..];
            return TryDigit(text[0], out table);
        }

        table = default;
        return text.Length is 5 or 6 && text.All(char.IsAsciiDigit) && TryDigit(text[0], out table);
    }

    private static bool TryName(string name, out ModbusTable table)
    {
        ModbusTable? found = name switch
        {
            "holding" => ModbusTable.HoldingRegisters,
            "input" => ModbusTable.InputRegisters,
            "coil" => ModbusTable.Coils,
            "discrete" => ModbusTable.DiscreteInputs,
            _ => null,
        };
        table = found ?? default;
        return found is not null;
    }

    private static bool TryDigit(char digit, out ModbusTable table)
    {
        ModbusTable? found = digit switch
        {
            '0' => ModbusTable.Coils,
            '1' => ModbusTable.DiscreteInputs,
            '3' => ModbusTable.InputRegisters,
            '4' => ModbusTable.HoldingRegisters,
            _ => null,
        };
        table = found ?? default;
        return found is not null;
    }
}
