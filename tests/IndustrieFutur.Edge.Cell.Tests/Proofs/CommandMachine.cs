using IndustrieFutur.Edge.Protocols.Modbus;

namespace IndustrieFutur.Edge.Cell.Tests.Proofs;

/// <summary>
/// A machine that is commanded: holding register 0 is its setpoint, input register 0 shows what it does, discrete inputs are what guards ask (0 to 7) and
/// its safety (8). It counts each write that reaches it, whatever anybody else says of it.
/// </summary>
internal sealed class CommandMachine : IModbusDevice, IDisposable
{
    public const int Guards = 8;

    private readonly Lock _gate = new();
    private readonly List<ushort> _writes = [];
    private readonly ManualResetEventSlim _never = new(false);
    private readonly ManualResetEventSlim _answers = new(true);
    private readonly bool[] _inputs = [.. Enumerable.Repeat(true, Guards + 1)];
    private volatile int _held;
    private ushort _shown;

    /// <summary>Every value that was written, in order.</summary>
    public IReadOnlyList<ushort> Writes
    {
        get
        {
            lock (_gate)
            {
                return [.. _writes];
            }
        }
    }

    /// <summary>What it does follows what it was told; else it took the order and does nothing.</summary>
    public bool Follows { get; set; } = true;

    /// <summary>It takes a write and never answers again.</summary>
    public bool IsMute { get; set; }

    /// <summary>How long it thinks about a write before it answers.</summary>
    public TimeSpan Thinks { get; set; }

    /// <summary>A read waits for its answer.</summary>
    public bool IsHeld => _held > 0;

    /// <summary>Answers no read until it is released: its link is open and silent meanwhile.</summary>
    public void Hold() => _answers.Reset();

    public void Release() => _answers.Set();

    /// <summary>What it does, by itself.</summary>
    public void Show(ushort value)
    {
        lock (_gate)
        {
            _shown = value;
        }
    }

    /// <summary>What a guard asks of it: 0 to 7, and 8 its safety.</summary>
    public void Set(int input, bool isTrue)
    {
        lock (_gate)
        {
            _inputs[input] = isTrue;
        }
    }

    public bool TryRead(ModbusTable table, int start, Span<ushort> values)
    {
        if (!_answers.IsSet)
        {
            _held++;
            _answers.Wait();
            _held--;
        }

        lock (_gate)
        {
            if (table == ModbusTable.DiscreteInputs && start + values.Length <= _inputs.Length)
            {
                for (var i = 0; i < values.Length; i++)
                {
                    values[i] = _inputs[start + i] ? (ushort)1 : (ushort)0;
                }

                return true;
            }

            if (table is not (ModbusTable.InputRegisters or ModbusTable.HoldingRegisters) || start != 0 || values.Length != 1)
            {
                return false;
            }

            values[0] = _shown;
            return true;
        }
    }

    public bool TryWrite(ModbusTable table, int start, ReadOnlySpan<ushort> values)
    {
        if (table != ModbusTable.HoldingRegisters || start != 0 || values.Length != 1)
        {
            return false;
        }

        lock (_gate)
        {
            _writes.Add(values[0]);
            _shown = Follows ? values[0] : _shown;
        }

        _never.Wait(IsMute ? Timeout.InfiniteTimeSpan : Thinks);
        return true;
    }

    public string? Identify(byte objectId) => null;

    public void Dispose()
    {
        _never.Set();
        _answers.Set();
    }
}
