using System.Runtime.InteropServices;
using IndustrieFutur.Edge.Core;
using IndustrieFutur.Edge.Core.Sampling;

namespace IndustrieFutur.Edge.Northbound.Spool.Log;

/// <summary>
/// Some samples of one stream with their texts, on their way into the log or out of it. Filled and used over and over; a text
/// sample's bits are where its text lies (upper half) and how long it is (lower half).
/// </summary>
[HotPath]
internal sealed unsafe class LogBatch : IDisposable
{
    /// <summary>64 KiB of samples: one record costs 40 bytes of frame, which is then nothing, and a damaged one costs no more than this.</summary>
    public const int SamplesMax = 2_048;

    /// <summary>Texts of one batch. The longest text fits.</summary>
    public const int TextsMax = 1 << 16;

    public const int SampleBytes = 32;

    private readonly Sample* _samples;
    private readonly byte* _texts;
    private int _textBytes;
    private bool _disposed;

    public LogBatch()
    {
        _samples = (Sample*)NativeMemory.AlignedAlloc(SamplesMax * SampleBytes, 64);
        _texts = (byte*)NativeMemory.AlignedAlloc(TextsMax, 64);
    }

    public ulong Epoch { get; set; }

    /// <summary>Sequence number of the first sample.</summary>
    public ulong First { get; set; }

    /// <summary>Which list of signals the indexes mean.</summary>
    public uint Tag { get; set; }

    public int Count { get; private set; }

    /// <summary>When the log wrote it; of a batch that was read.</summary>
    public long WrittenUtcNanos { get; internal set; }

    public ulong Last => First + (ulong)Count - 1;

    public ReadOnlySpan<Sample> Samples => new(_samples, Count);

    public bool IsFull => Count == SamplesMax;

    internal ReadOnlySpan<byte> SampleMemory => new(_samples, Count * SampleBytes);

    internal ReadOnlySpan<byte> TextMemory => new(_texts, _textBytes);

    /// <summary>Empties it for samples from this number on.</summary>
    public void Begin(ulong epoch, ulong first, uint tag)
    {
        Epoch = epoch;
        First = first;
        Tag = tag;
        Count = 0;
        _textBytes = 0;
    }

    /// <summary>False: it is full, and goes into the log first.</summary>
    public bool TryAdd(in Sample sample)
    {
        if (IsFull)
        {
            return false;
        }

        _samples[Count++] = sample;
        return true;
    }

    /// <summary>False: it has no room for the sample or its text, and goes into the log first.</summary>
    public bool TryAdd(in Sample sample, ReadOnlySpan<byte> text)
    {
        if (IsFull || _textBytes + text.Length > TextsMax)
        {
            return false;
        }

        text.CopyTo(new Span<byte>(_texts + _textBytes, text.Length));
        var bits = ((long)_textBytes << 32) | (uint)text.Length;
        _textBytes += text.Length;
        _samples[Count++] = new Sample(sample.Signal, sample.Status, bits, sample.SourceUtcNanos, sample.ArrivalMonoNanos);
        return true;
    }

    /// <summary>The text of a sample that was added with one; nothing when the bits point elsewhere.</summary>
    public ReadOnlySpan<byte> Text(in Sample sample)
    {
        var at = (uint)(sample.Bits >> 32);
        var length = (uint)sample.Bits;
        return (ulong)at + length <= (uint)_textBytes ? new ReadOnlySpan<byte>(_texts + at, (int)length) : default;
    }

    /// <summary>Takes over the payload of a record that was read; it is sound.</summary>
    internal void Take(Span<byte> payload, long writtenUtcNanos)
    {
        ref var header = ref BatchHeader.At(payload);
        Begin(header.Epoch, header.First, header.Tag);
        Count = (int)header.Count;
        WrittenUtcNanos = writtenUtcNanos;
        var samples = payload.Slice(header.SamplesAt, Count * SampleBytes);
        samples.CopyTo(new Span<byte>(_samples, samples.Length));
        var texts = payload[(header.SamplesAt + samples.Length)..];
        _textBytes = Math.Min(texts.Length, TextsMax);
        texts[.._textBytes].CopyTo(new Span<byte>(_texts, _textBytes));
    }

    public void Dispose()
    {
        if (!_disposed)
        {
            _disposed = true;
            NativeMemory.AlignedFree(_samples);
            NativeMemory.AlignedFree(_texts);
        }
    }
}
