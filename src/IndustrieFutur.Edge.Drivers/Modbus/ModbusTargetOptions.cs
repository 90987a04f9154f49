using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Globalization;
using IndustrieFutur.Edge.Core.Configuration;
using IndustrieFutur.Edge.Protocols.Modbus;

namespace IndustrieFutur.Edge.Drivers.Modbus;

/// <summary>A holding register or a coil of a Modbus device that a command may write.</summary>
public sealed class ModbusTargetOptions : WriteTargetOptions
{
    [Required]
    [Description("A holding register or a coil: \"holding:7\", \"coil:7\", \"4x7\", \"0x7\" or \"40007\". The number counts from the device's \"addressBase\".")]
    public string Address { get; init; } = "";

    [Description("What the value is: \"bool\" for a coil, a number for registers, which need it said.")]
    public ModbusType? Type { get; init; }

    [AllowedValues("ABCD", "CDAB", "BADC", "DCBA")]
    [Description("Order in which the bytes of a value of two or four registers travel: ABCD (the default), CDAB, BADC, DCBA.")]
    public string? Order { get; init; }

    [Description("The value is what the device holds times this, plus \"offset\".")]
    public double Scale { get; init; } = 1;

    [Description("Added to what the device holds times \"scale\".")]
    public double Offset { get; init; }

    /// <inheritdoc/>
    public override string Words => $"modbus {Address}";

    private ModbusType ValueType => Type ?? ModbusType.Bool;

    private ModbusWordOrder WordOrder => Enum.TryParse<ModbusWordOrder>(Order, ignoreCase: true, out var order) ? order : ModbusWordOrder.Abcd;

    /// <inheritdoc/>
    public override string? MistakeIn(double value) => base.MistakeIn(value) ?? Target(0, default).MistakeIn(value);

    /// <summary>How the driver writes it. After the check only.</summary>
    internal ModbusTarget Item(int addressBase) => ModbusAddress.TryParse(Address, addressBase, out var address, out var error)
        ? Target((ushort)address.Number, address.Table)
        : throw new InvalidOperationException(error);

    /// <summary>The rules between the target's keys and those of its device.</summary>
    internal void CheckIn(int? addressBase, Mistakes mistakes)
    {
        // A missing address has its own sentence.
        if (Address.Length == 0)
        {
            return;
        }

        if (!ModbusAddress.TryParse(Address, addressBase ?? 0, out var address, out var error) && (addressBase is not null || !ModbusAddress.TryTable(Address, out _)))
        {
            mistakes.Add(error, "address");
            return;
        }

        ModbusAddress.TryTable(Address, out var table);
        if (table is not (ModbusTable.Coils or ModbusTable.HoldingRegisters))
        {
            mistakes.Add($"\"{Address}\" can only be read; write the address of a holding register or a coil", "address");
            return;
        }

        var registers = ModbusValue.Registers(ValueType);
        if (table == ModbusTable.Coils != (ValueType == ModbusType.Bool) || ValueType == ModbusType.String)
        {
            mistakes.Add("a coil takes \"bool\", and holding registers u16, i16, u32, i32, u64, i64, f32 or f64; write one of them", "type");
        }
        else if (address.Number + registers > ushort.MaxValue + 1)
        {
            mistakes.Add($"\"{Address}\" and the registers behind it that the value takes ({registers} in all) go past the last address; correct it", "address");
        }

        if (Order is not null && registers < 2)
        {
            mistakes.Add("a value of one register or a bit has no order; remove it", "order");
        }

        if (!double.IsFinite(Scale) || Scale == 0 || !double.IsFinite(Offset))
        {
            mistakes.Add(string.Create(CultureInfo.InvariantCulture, $"nothing can be divided by a scale of {Scale}; write a number other than 0"), "scale");
        }
    }

    private ModbusTarget Target(ushort address, ModbusTable table) => new(table, address, ValueType, WordOrder, Scale, Offset);
}
