using System.Runtime.InteropServices;

namespace IndustrieFutur.Edge.Protocols.Serial;

/// <summary>
/// The kernel's struct termios2 (asm-generic/termbits.h): a terminal's settings with its speed as a plain number, so that any speed
/// can be asked for and the one that the port really took can be read back.
/// </summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct Termios2
{
    private const uint SoftwareFlow = 0x400 | 0x1000;

    private const uint SpeedMask = 0x100F;
    private const uint SpeedAsNumber = 0x1000;
    private const int InputSpeedShift = 16;
    private const uint DataBitsMask = 0x30;
    private const int DataBitsShift = 4;
    private const uint TwoStopBits = 0x40;
    private const uint ReceiverOn = 0x80;
    private const uint ParityOn = 0x100;
    private const uint ParityOdd = 0x200;
    private const uint IgnoreModemLines = 0x800;
    private const uint ParityStick = 0x4000_0000;
    private const uint HardwareFlow = 0x8000_0000;

    private const uint FormatMask = DataBitsMask | TwoStopBits | ParityOn | ParityOdd | ParityStick | HardwareFlow;

    private const uint ParityFlags = ParityOn | ParityOdd | ParityStick;

    private const int LeastTime = 5;
    private const int LeastBytes = 6;
    private const int StartCharacter = 8;
    private const int StopCharacter = 9;

    private uint _input;
    private uint _output;
    private uint _control;
    private uint _local;
    private readonly byte _discipline;
    private fixed byte _characters[19];
    private uint _inputSpeed;
    private uint _outputSpeed;

    /// <summary>The speed that the port sends with.</summary>
    public readonly uint Speed => _outputSpeed;

    /// <summary>Bytes as they are: no echo, no lines, no translation, no signal characters; a read ends with the first byte.</summary>
    public void SetRaw()
    {
        _input = 0;
        _output = 0;
        _local = 0;
        _characters[LeastBytes] = 1;
        _characters[LeastTime] = 0;
        _control |= ReceiverOn | IgnoreModemLines;
    }

    public void SetLine(SerialSettings settings)
    {
        _control &= ~(FormatMask | SpeedMask | (SpeedMask << InputSpeedShift));
        _control |= SpeedAsNumber | Format(settings);
        _inputSpeed = (uint)settings.Baud;
        _outputSpeed = (uint)settings.Baud;
        if (settings.Flow == SerialFlow.XonXoff)
        {
            _input |= SoftwareFlow;
            _characters[StartCharacter] = 0x11;
            _characters[StopCharacter] = 0x13;
        }
    }

    /// <summary>Whether the port took data bits, parity and stop bits as they were asked for: some drivers drop silently what they cannot do.</summary>
    public readonly bool HasFormat(SerialSettings settings) => (_control & FormatMask) == Format(settings);

    private static uint Format(SerialSettings settings)
    {
        var parity = settings.Parity switch
        {
            SerialParity.Odd => ParityOn | ParityOdd,
            SerialParity.Even => ParityOn,
            SerialParity.Mark => ParityFlags,
            SerialParity.Space => ParityOn | ParityStick,
            _ => 0u,
        };
        return ((uint)(settings.DataBits - 5) << DataBitsShift)
            | parity
            | (settings.StopBits == 2 ? TwoStopBits : 0)
            | (settings.Flow == SerialFlow.RtsCts ? HardwareFlow : 0);
    }
}
