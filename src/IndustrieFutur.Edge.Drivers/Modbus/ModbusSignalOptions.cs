using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Globalization;
using IndustrieFutur.Edge.Core.Configuration;
using IndustrieFutur.Edge.Core.Sampling;
using IndustrieFutur.Edge.Protocols.Modbus;

namespace IndustrieFutur.Edge.Drivers.Modbus;

/// <summary>One signal of a Modbus device: where it lies in the tables and what it is.</summary>
public sealed class ModbusSignalOptions : SignalOptions
{
    [Required]
    [Description("Table and number: \"holding:7\", \"input:7\", \"coil:7\", \"discrete:7\", or \"4x7\", \"3x7\", \"0x7\", \"1x7\", "
        + "or a manual's digits such as \"40007\". The number counts from the device's \"addressBase\".")]
    public string Address { get; init; } = "";

    [Description("What the value is. A coil, a discrete input and a bit of a register are \"bool\"; a register needs it said.")]
    public ModbusType? Type { get; init; }

    [AllowedValues("ABCD", "CDAB", "BADC", "DCBA")]
    [Description("Order in which the bytes of a value of two or four registers travel: ABCD (the default), CDAB (small word first), "
        + "BADC (bytes swapped), DCBA. A text takes ABCD, or BADC when its characters are swapped.")]
    public string? Order { get; init; }

    [Range(0, 15)]
    [Description("Which bit of the register, 0 the least significant; the value is a bool then.")]
    public int? Bit { get; init; }

    [RegularExpression(@"^([0-9]|1[0-5])\.\.([0-9]|1[0-5])$")]
    [Description("Which bits of the register are a number of their own, lowest and highest, such as \"4..5\", or \"8..15\" for its high byte; a u16 then.")]
    public string? BitRange { get; init; }

    [Range(1, ModbusLimits.RegistersPerReadMax)]
    [Description("Registers of a text, two characters each. Only for \"string\".")]
    public int? Length { get; init; }

    /// <inheritdoc/>
    public override ValueKind RawKind => ValueType switch
    {
        ModbusType.Bool => ValueKind.Boolean,
        ModbusType.F32 or ModbusType.F64 => ValueKind.Float64,
        ModbusType.U64 => ValueKind.UInt64,
        ModbusType.String => ValueKind.Text,
        _ => ValueKind.Int64,
    };

    /// <summary>The type, or what alone it can be.</summary>
    private ModbusType ValueType => Type ?? (BitRange is null ? ModbusType.Bool : ModbusType.U16);

    private bool IsBit => ValueType == ModbusType.Bool;

    private ModbusWordOrder WordOrder => Enum.TryParse<ModbusWordOrder>(Order, ignoreCase: true, out var order) ? order : ModbusWordOrder.Abcd;

    private int Registers => ValueType == ModbusType.String ? Length ?? 1 : Math.Max(1, ModbusValue.Registers(ValueType));

    /// <summary>How the driver reads it. After the check only.</summary>
    internal ModbusItem Item(int signal, int addressBase)
    {
        if (!ModbusAddress.TryParse(Address, addressBase, out var address, out var error))
        {
            throw new InvalidOperationException(error);
        }

        var length = address.Table.HoldsBits() ? 1 : Registers;
        return TryBitRange(out var lowest, out var highest)
            ? new ModbusItem(signal, address.Table, address.Number, length, ValueType, WordOrder, lowest, highest - lowest + 1)
            : new ModbusItem(signal, address.Table, address.Number, length, ValueType, WordOrder, Bit ?? 0);
    }

    /// <summary>The rules between the signal's keys and those of its device.</summary>
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

        if (device.AddressBase is { } addressBase)
        {
            CheckPlace(addressBase, mistakes);
        }

        if (table.HoldsBits())
        {
            CheckOnBits(table, mistakes);
            return;
        }

        CheckOnRegisters(device, mistakes);
    }

    private static string NameOf(ModbusType type) => type.ToString().ToLowerInvariant();

    private void CheckPlace(int addressBase, Mistakes mistakes)
    {
        if (!ModbusAddress.TryParse(Address, addressBase, out var address, out var error))
        {
            mistakes.Add(error, "address");
            return;
        }

        if (!address.Table.HoldsBits() && address.Number + Registers > ushort.MaxValue + 1)
        {
            mistakes.Add($"\"{Address}\" and the registers behind it that the value takes ({Registers} in all) go past the last address; correct it", "address");
        }
    }

    private void CheckOnBits(ModbusTable table, Mistakes mistakes)
    {
        if (!IsBit)
        {
            mistakes.Add($"\"{Address}\" is a single bit ({table}), which cannot hold a {NameOf(ValueType)}; write \"bool\", or the address of a register", "type");
        }

        Refuse(Bit is not null, "bit", $"\"{Address}\" is a bit already; remove \"bit\", or write the address of a register", mistakes);
        Refuse(BitRange is not null, "bitRange", $"\"{Address}\" is a single bit; remove \"bitRange\", or write the address of a register", mistakes);
        Refuse(Order is not null, "order", "a single bit has no order; remove it", mistakes);
        Refuse(Length is not null, "length", "only a \"string\" has a length; remove it", mistakes);
    }

    private void CheckOnRegisters(ModbusOptions device, Mistakes mistakes)
    {
        if (Type is null && Bit is null && BitRange is null)
        {
            mistakes.Add("a register needs its type said: u16, i16, u32, i32, u64, i64, f32, f64 or string, \"bit\" for one bit of it, or \"bitRange\" for several", "type");
            return;
        }

        Refuse(IsBit && Bit is null, "bit", "a bool in a register needs \"bit\": 0 to 15, 0 the least significant", mistakes);
        Refuse(!IsBit && Bit is not null && BitRange is null, "bit", $"a {NameOf(ValueType)} has no bit; remove \"bit\", or write type \"bool\"", mistakes);
        CheckBitRange(mistakes);
        CheckOrder(mistakes);
        CheckLength(device, mistakes);
    }

    private void CheckBitRange(Mistakes mistakes)
    {
        if (BitRange is null)
        {
            return;
        }

        Refuse(Bit is not null, "bitRange", "\"bit\" is one bit and \"bitRange\" several; remove one of them", mistakes);
        Refuse(Bit is null && ValueType != ModbusType.U16, "bitRange", $"bits of a register are a number without sign, no {NameOf(ValueType)}; write \"u16\"", mistakes);

        // What is no range of bits at all has its own sentence.
        Refuse(TryBitRange(out var lowest, out var highest) && lowest > highest, "bitRange", $"{lowest} lies above {highest}; write the lower bit first", mistakes);
    }

    private bool TryBitRange(out int lowest, out int highest)
    {
        (lowest, highest) = (0, 0);
        return BitRange?.Split("..") is [var low, var high]
            && int.TryParse(low, NumberStyles.None, CultureInfo.InvariantCulture, out lowest)
            && int.TryParse(high, NumberStyles.None, CultureInfo.InvariantCulture, out highest);
    }

    private void CheckOrder(Mistakes mistakes)
    {
        if (ValueType == ModbusType.String)
        {
            Refuse(Order is "CDAB" or "DCBA", "order", "a text is read register by register; write ABCD, or BADC when its characters are swapped", mistakes);
            return;
        }

        Refuse(Order is not null && Registers == 1, "order", "a value of one register has no order, the standard fixes it; remove it", mistakes);
    }

    private void CheckLength(ModbusOptions device, Mistakes mistakes)
    {
        var isText = ValueType == ModbusType.String;
        Refuse(isText && Length is null, "length", "a string needs \"length\": its registers, two characters each", mistakes);
        Refuse(!isText && Length is not null, "length", "only a \"string\" has a length; remove it", mistakes);
        Refuse(
            Registers > device.RegistersPerReadMax,
            isText ? "length" : "type",
            $"the value takes {Registers} registers and the device answers {device.RegistersPerReadMax} at once (registersPerReadMax), so it cannot be read whole; "
                + "correct one of them",
            mistakes);
    }

    private static void Refuse(bool isWrong, string key, string message, Mistakes mistakes)
    {
        if (isWrong)
        {
            mistakes.Add(message, key);
        }
    }
}
