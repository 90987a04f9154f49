using System.Numerics;
using System.Runtime.InteropServices;
using IndustrieFutur.Edge.Core;
using IndustrieFutur.Edge.Core.Sampling;

namespace IndustrieFutur.Edge.Northbound.Spool;

/// <summary>
/// The samples of one stream by sequence number, in memory taken once. The system commits a page when it is first written, so an
/// idle spool costs address space only. A text lies in a slot beside its sample, found by the sample's bits.
/// </summary>
[HotPath]
internal sealed unsafe class SpoolMemory : IDisposable
{
    /// <summary>Before the bytes of a text: its length.</summary>
    private const int TextHeader = 2;

    private readonly Sample* _samples;
    private readonly byte* _texts;
    private readonly ulong _mask;
    private readonly ulong _textMask;
    private readonly int _textStride;
    private bool _disposed;

    /// <param name="capacity">Samples it holds, rounded up to a power of two.</param>
    /// <param name="textBytes">Longest text in bytes; 0 when the stream carries none. Every sixteenth sample may be a text.</param>
    public SpoolMemory(int capacity, int textBytes)
    {
        Capacity = BitOperations.RoundUpToPowerOf2((uint)capacity);
        _mask = Capacity - 1;
        _samples = (Sample*)NativeMemory.AllocZeroed((nuint)Capacity, (nuint)sizeof(Sample));
        if (textBytes > 0)
        {
            TextCapacity = Math.Max(1024, Capacity / 16);
            _textMask = TextCapacity - 1;
            _textStride = textBytes + TextHeader;
            _texts = (byte*)NativeMemory.AllocZeroed((nuint)TextCapacity, (nuint)_textStride);
        }
    }

    public ulong Capacity { get; }

    public ulong TextCapacity { get; }

    public ref Sample this[ulong number] => ref _samples[number & _mask];

    /// <summary>The text in a slot (slots run freely, like sequence numbers).</summary>
    public ReadOnlySpan<byte> Text(ulong slot)
    {
        var at = _texts + ((long)(slot & _textMask) * _textStride);
        return new ReadOnlySpan<byte>(at + TextHeader, *(ushort*)at);
    }

    public void SetText(ulong slot, ReadOnlySpan<byte> text)
    {
        var length = Math.Min(text.Length, _textStride - TextHeader);
        var at = _texts + ((long)(slot & _textMask) * _textStride);
        *(ushort*)at = (ushort)length;
        text[..length].CopyTo(new Span<byte>(at + TextHeader, length));
    }

    public void Dispose()
    {
        if (!_disposed)
        {
            _disposed = true;
            NativeMemory.Free(_samples);
            NativeMemory.Free(_texts);
        }
    }
}
