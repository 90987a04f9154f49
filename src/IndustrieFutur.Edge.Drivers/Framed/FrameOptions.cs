using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using IndustrieFutur.Edge.Core.Configuration;
using IndustrieFutur.Edge.Protocols.Framed;

namespace IndustrieFutur.Edge.Drivers.Framed;

/// <summary>What an integrator writes of how a device frames its messages.</summary>
public sealed class FrameOptions : IChecked
{
    private const int LengthMax = 4_096;

    [Description("line (text up to its end), stx (STX, text, ETX, block check) or fixed (so many bytes, with sync bytes and CRC).")]
    public FrameKind Kind { get; init; } = FrameKind.Line;

    [Description("What ends a line; without it CR, LF or both. The escapes \\r \\n \\t \\0 \\\\ \\xHH are known.")]
    public string Terminator { get; init; } = "";

    [Range(1, LengthMax)]
    [Description("Longest line, or text between STX and ETX, in characters; longer ones are dropped. 512 outlast scanners and torque drivers.")]
    public int BytesMax { get; init; } = FrameSettings.UsualBytesMax;

    [Description("The byte after ETX: xor (body and ETX, the usual one), xorBody, xorAll (STX too), sum (LRC) or none.")]
    public BlockCheck BlockCheck { get; init; } = BlockCheck.Xor;

    [Description("The bytes that a fixed message begins with, such as \"\\xAA\\x55\".")]
    public string Sync { get; init; } = "";

    [Range(1, LengthMax)]
    [Description("All bytes of a fixed message, sync bytes and CRC included.")]
    public int? Length { get; init; }

    [Description("A fixed message ends with a CRC-16/MODBUS over all after the sync bytes, low byte first.")]
    public bool Crc { get; init; } = true;

    /// <inheritdoc/>
    public void Check(Mistakes mistakes)
    {
        ArgumentNullException.ThrowIfNull(mistakes);
        if (!FrameText.TryParse(Terminator, out _, out var terminatorError))
        {
            mistakes.Add(terminatorError, "terminator");
        }

        if (!FrameText.TryParse(Sync, out var sync, out var syncError))
        {
            mistakes.Add(syncError, "sync");
        }

        if (Kind != FrameKind.Fixed)
        {
            return;
        }

        var least = (sync?.Length ?? 0) + (Crc ? 3 : 1);
        if (Length is null || Length < least)
        {
            mistakes.Add($"a fixed message needs its \"length\": all bytes, sync bytes and CRC included, {least} at least", "length");
        }

        if (Sync.Length == 0 && !Crc)
        {
            mistakes.Add("nothing tells where a message begins; write \"sync\", \"crc\": true, or both", "sync");
        }
    }

    /// <summary>For checked options.</summary>
    internal FrameSettings ToSettings() => new()
    {
        Kind = Kind,
        Terminator = Bytes(Terminator),
        BytesMax = BytesMax,
        BlockCheck = BlockCheck,
        Sync = Bytes(Sync),
        Length = Length ?? 0,
        Crc = Crc,
    };

    /// <summary>The bytes of a checked text.</summary>
    internal static byte[] Bytes(string text) =>
        FrameText.TryParse(text, out var bytes, out var error) ? bytes : throw new InvalidOperationException(error);
}
