using System.Numerics;
using IndustrieFutur.Edge.Core.Sampling;

namespace IndustrieFutur.Edge.Northbound.Sparkplug;

/// <summary>The samples of one device by number, in arrays taken once; a text lies in a slot beside its sample, found by the sample's bits.</summary>
internal sealed class QueueMemory
{
    /// <summary>Codes and ids are rare among numbers: every sixteenth sample may be a text.</summary>
    private const int SamplesPerText = 16;

    private const int TextSlotsMin = 256;

    /// <summary>Long texts share so much, or a device with a few of them would take half a gigabyte.</summary>
    private const ulong TextBytesTotal = 16 * 1024 * 1024;

    private readonly Sample[] _samples;
    private readonly byte[] _texts;
    private readonly ushort[] _textLengths;
    private readonly int _textBytes;
    private readonly ulong _mask;

    /// <param name="capacity">Samples it holds, rounded up to a power of two.</param>
    /// <param name="textBytes">Longest text in bytes; 0 when the device has none.</param>
    public QueueMemory(int capacity, int textBytes)
    {
        Capacity = BitOperations.RoundUpToPowerOf2((ulong)capacity);
        _mask = Capacity - 1;
        _samples = new Sample[Capacity];
        _textBytes = textBytes;
        TextCapacity = textBytes == 0 ? 0 : Math.Max(TextSlotsMin, Math.Min(Capacity / SamplesPerText, TextBytesTotal / (ulong)textBytes));
        _textLengths = new ushort[TextCapacity];
        _texts = new byte[(int)TextCapacity * textBytes];
    }

    public ulong Capacity { get; }

    public ulong TextCapacity { get; }

    public ref Sample this[ulong number] => ref _samples[number & _mask];

    public ReadOnlySpan<byte> Text(ulong slot)
    {
        var place = (int)(slot % TextCapacity);
        return _texts.AsSpan(place * _textBytes, _textLengths[place]);
    }

    public void SetText(ulong slot, ReadOnlySpan<byte> text)
    {
        var place = (int)(slot % TextCapacity);
        var length = Math.Min(text.Length, _textBytes);
        text[..length].CopyTo(_texts.AsSpan(place * _textBytes));
        _textLengths[place] = (ushort)length;
    }
}
