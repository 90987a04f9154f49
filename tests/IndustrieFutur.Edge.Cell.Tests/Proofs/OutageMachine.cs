using IndustrieFutur.Edge.Protocols.Modbus;

namespace IndustrieFutur.Edge.Cell.Tests.Proofs;

/// <summary>A machine whose registers are each one up after every read, as long as it lasts, and which answers at once or takes its time.</summary>
internal sealed class OutageMachine : IModbusDevice, IDisposable
{
    /// <summary>Ten answers a second, of a hundred registers each: an ordinary machine.</summary>
    private static readonly TimeSpan Leisure = TimeSpan.FromMilliseconds(100);

    private readonly ManualResetEventSlim _hurry = new(false);
    private long _reads;

    /// <summary>How often it was read.</summary>
    public long Reads => Volatile.Read(ref _reads);

    /// <summary>What a register says when it is read for the so manieth time, from 0.</summary>
    public static ushort ValueAt(long read) => unchecked((ushort)read);

    /// <summary>It answers at once from now on: a day of an ordinary machine goes by in minutes.</summary>
    public void Hurry() => _hurry.Set();

    /// <summary>It answers at an ordinary rate again.</summary>
    public void Calm() => _hurry.Reset();

    public bool TryRead(ModbusTable table, int start, Span<ushort> values)
    {
        if (table != ModbusTable.HoldingRegisters || start != 0)
        {
            return false;
        }

        _hurry.Wait(Leisure);
        values.Fill(ValueAt(_reads));
        Volatile.Write(ref _reads, _reads + 1);
        return true;
    }

    public bool TryWrite(ModbusTable table, int start, ReadOnlySpan<ushort> values) => false;

    public string? Identify(byte objectId) => null;

    public void Dispose() => _hurry.Dispose();
}
