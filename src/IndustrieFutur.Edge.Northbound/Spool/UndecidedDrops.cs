using System.Runtime.InteropServices;
using IndustrieFutur.Edge.Core;

namespace IndustrieFutur.Edge.Northbound.Spool;

/// <summary>
/// Numbers that were sent and then made room before anybody said whether they arrived: neither stored nor dropped until a watermark
/// passes them or somebody asks for them. Of each only its signal is kept, for the ledger.
/// </summary>
[HotPath]
internal sealed unsafe class UndecidedDrops : IDisposable
{
    /// <summary>Decided, or never undecided: a hole in the run of numbers.</summary>
    public const int None = -1;

    private readonly int* _signals;
    private readonly ulong _capacity;
    private bool _disposed;

    /// <param name="capacity">Numbers it can look back on; a power of two.</param>
    public UndecidedDrops(ulong capacity)
    {
        _capacity = capacity;
        _signals = (int*)NativeMemory.AllocZeroed((nuint)capacity, sizeof(int));
    }

    /// <summary>How many are undecided.</summary>
    public ulong Count { get; private set; }

    /// <summary>The first number it remembers; equal to <see cref="End"/> when it remembers none.</summary>
    public ulong First { get; private set; }

    /// <summary>Behind the last number it remembers.</summary>
    public ulong End { get; private set; }

    public bool IsFull => End - First == _capacity;

    /// <summary>Remembers the next number; numbers come in order. Not when full.</summary>
    public void Add(ulong number, int signal)
    {
        if (First == End)
        {
            if (signal == None)
            {
                return;
            }

            First = number;
            End = number;
        }

        _signals[End & (_capacity - 1)] = signal;
        End++;
        Count += signal == None ? 0ul : 1ul;
    }

    /// <summary>The signal of a number that was undecided, which it is no longer; else <see cref="None"/>.</summary>
    public int Decide(ulong number)
    {
        if (number < First || number >= End)
        {
            return None;
        }

        ref var signal = ref _signals[number & (_capacity - 1)];
        var was = signal;
        signal = None;
        Count -= was == None ? 0ul : 1ul;
        while (First < End && _signals[First & (_capacity - 1)] == None)
        {
            First++;
        }

        return was;
    }

    public void Dispose()
    {
        if (!_disposed)
        {
            _disposed = true;
            NativeMemory.Free(_signals);
        }
    }
}
