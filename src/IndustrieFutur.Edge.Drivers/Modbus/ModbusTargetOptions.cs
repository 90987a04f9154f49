using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Globalization;
using IndustrieFutur.Edge.Core.Configuration;
using IndustrieFutur.Edge.Protocols.Modbus;

namespace IndustrieFutur.Edge.Drivers.Modbus;

/// <summary>A coil, or holding registers, of a Modbus device that a command may write.</summary>
public sealed class ModbusTargetOptions : WriteTargetOptions
{
    /// <summary>Beyond it a double no longer holds every whole number.</summary>
    private const double WholeMax = 9_007_199_254_740_992;

    [Required]
    [Description("Table and number: \"holding:7\" or \"coil:7\", or \"4x7\", \"0x7\", or a manual's digits such as \"40007\". The number counts from the device's \"addressBase\".")]
    public string Address { get; init; } = "";

    [Description("What the value is: u16, i16, u32, i32, u64, i64, f32 or f64. A coil is \"bool\".")]
    public ModbusType? Type { get; init; }

    [AllowedValues("ABCD", "CDAB", "BADC", "DCBA")]
    [Description("Order in which the bytes of a value of two or four registers travel: ABCD (the default), CDAB, BADC, DCBA.")]
    public string? Order { get; init; }

    [Description("The value is raw * scale + offset, as for a signal; what is written is (value - offset) / scale.")]
    public double Scale { get; init; } = 1;

    [Description("See \"scale\".")]
    public double Offset { get; init; }

    /// <inheritdoc/>
    public override string Words => $"modbus {Address}";

    private ModbusType ValueType => Type ?? ModbusType.Bool;

    private ModbusWordOrder WordOrder => Enum.TryParse<ModbusWordOrder>(Order, ignoreCase: true, out var order) ? order : ModbusWordOrder.Abcd;

    /// <inheritdoc/>
    public override string? MistakeIn(double value) =>
        base.MistakeIn(value) ?? (TryRaw(value, out _) ? null : $"does not fit a {NameOf(ValueType)}; write a value that it can hold");

    /// <summary>How the driver writes it. After the check only.</summary>
    internal ModbusTarget Target(int addressBase)
    {
        if (!ModbusAddress.TryParse(Address, addressBase, out var address, out var error))
        {
            throw new InvalidOperationException(error);
        }

        return new ModbusTarget(address.Table, (ushort)address.Number, ValueType, WordOrder, this);
    }

    /// <summary>The rules between the target's keys and those of its device.</summary>
    internal void CheckIn(ModbusOptions device, Mistakes mistakes)
    {
        // A missing address has its own sentence.
        if (Address.Length == 0)
        {
            return;
        }

        if (!ModbusAddress.TryTable(Address, out var table))
        {
            ModbusAddress.TryParse(Address, 0, out _, out var unreadable);
            mistakes.Add(unreadable, "address");
            return;
        }

        if (table is ModbusTable.InputRegisters or ModbusTable.DiscreteInputs)
        {
            mistakes.Add($"\"{Address}\" can only be read; write a holding register or a coil", "address");
            return;
        }

        if (device.AddressBase is { } addressBase && !ModbusAddress.TryParse(Address, addressBase, out _, out var error))
        {
            mistakes.Add(error, "address");
        }

        CheckType(table, mistakes);
    }

    /// <summary>The bits on the wire; false when the type cannot hold the value.</summary>
    internal bool TryRaw(double value, out long raw)
    {
        var scaled = (value - Offset) / Scale;
        raw = 0;
        if (!double.IsFinite(scaled))
        {
            return false;
        }

        if (ValueType is ModbusType.F32 or ModbusType.F64)
        {
            raw = BitConverter.DoubleToInt64Bits(scaled);
            return ValueType == ModbusType.F64 || double.IsFinite((float)scaled);
        }

        var (least, most) = RangeOf(ValueType);
        var whole = Math.Round(scaled);
        if (whole < least || whole > most)
        {
            return false;
        }

        raw = (long)whole;
        return true;
    }

    private static (double Least, double Most) RangeOf(ModbusType type) => type switch
    {
        ModbusType.Bool => (0, 1),
        ModbusType.U16 => (0, ushort.MaxValue),
        ModbusType.I16 => (short.MinValue, short.MaxValue),
        ModbusType.U32 => (0, uint.MaxValue),
        ModbusType.I32 => (int.MinValue, int.MaxValue),
        ModbusType.U64 => (0, WholeMax),
        _ => (-WholeMax, WholeMax),
    };

    private static string NameOf(ModbusType type) => type.ToString().ToLowerInvariant();

    private void CheckType(ModbusTable table, Mistakes mistakes)
    {
        if (table == ModbusTable.Coils && ValueType != ModbusType.Bool)
        {
            mistakes.Add($"\"{Address}\" is a single bit, which cannot hold a {NameOf(ValueType)}; write \"bool\", or the address of a register", "type");
        }

        if (table == ModbusTable.HoldingRegisters && ValueType is ModbusType.Bool or ModbusType.String)
        {
            mistakes.Add("a register that is written needs the type of a number: u16, i16, u32, i32, u64, i64, f32 or f64", "type");
        }

        if (Scale == 0 || !double.IsFinite(Scale) || !double.IsFinite(Offset))
        {
            mistakes.Add("is no scale; write a number other than 0", "scale");
            return;
        }

        if (StopValue is { } stop && !TryRaw(stop, out _))
        {
            mistakes.Add(string.Create(CultureInfo.InvariantCulture, $"{stop} does not fit a {NameOf(ValueType)}; write a value that it can hold"), "stopValue");
        }
    }
}
