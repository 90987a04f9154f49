using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace IndustrieFutur.Edge.Northbound.Spool.Log;

/// <summary>
/// Reads the intact records of one segment in their order. Where a record is damaged it looks for the next intact one, eight bytes
/// at a time, and says so: what follows the damage is as good as ever.
/// </summary>
internal sealed class SegmentScanner : IDisposable
{
    private const int BufferBytes = 256 << 10;

    /// <summary>A write ends with a commit, and that with its time: no more zeros than these stand at the end of a whole one.</summary>
    private const int ZerosMax = 8;

    private readonly SafeFileHandle _file;
    private byte[] _buffer = new byte[BufferBytes];
    private long _bufferAt;
    private int _buffered;
    private long _next;

    public SegmentScanner(string path)
    {
        _file = File.OpenHandle(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        Limit = RandomAccess.GetLength(_file);
    }

    /// <summary>It reads up to here; first the file's end.</summary>
    public long Limit { get; set; }

    /// <summary>Where the record lies that was read last.</summary>
    public long At { get; private set; }

    /// <summary>Behind the last intact record that was read.</summary>
    public long End { get; private set; }

    /// <summary>Places where something else stood than records, between or behind them.</summary>
    public int Holes { get; private set; }

    /// <summary>Bytes behind the last intact record that are not zero: a write that was cut off. Known when the end was reached.</summary>
    public bool IsTorn { get; private set; }

    public RecordHeader Header { get; private set; }

    /// <summary>The payload of the record that was read last, until the next is.</summary>
    public Span<byte> Payload => _buffer.AsSpan((int)(At - _bufferAt) + RecordHeader.Bytes, Header.Length);

    /// <summary>All of that record, as it lies on the disk.</summary>
    public ReadOnlySpan<byte> Record => _buffer.AsSpan((int)(At - _bufferAt), Header.Stride);

    public void Seek(long offset)
    {
        _next = offset;
        End = offset;
    }

    /// <summary>False at the end.</summary>
    public bool TryNext()
    {
        var began = _next;
        var dirty = false;
        while (_next + RecordHeader.Bytes <= Limit)
        {
            if (IsIntactAt(_next))
            {
                Holes += _next > began ? 1 : 0;
                Accept();
                return true;
            }

            dirty |= SkipToNextMagic();
        }

        IsTorn = dirty || (_next < Limit && HasBytes(_next, Limit));
        _next = began;
        return false;
    }

    /// <summary>
    /// Behind the last intact record stands the beginning of another, and then nothing: a kill in the midst of a write does that, and takes
    /// nothing that was safe. When the end was reached, and it is torn. A whole record that was damaged is told from it by its last bytes.
    /// </summary>
    public bool EndsInHalfAWrite()
    {
        // A file that is being written has room for the whole record: without it, somebody has cut it.
        if (Fill(End, RecordHeader.Bytes) < RecordHeader.Bytes)
        {
            return false;
        }

        var header = RecordHeader.At(_buffer.AsSpan((int)(End - _bufferAt)));
        var last = LastByte();
        return header.WrittenUtcNanos == 0
            ? last < End + RecordHeader.Bytes
            : header.Magic == RecordHeader.MagicWord && (uint)header.Length <= RecordHeader.PayloadMax
                && End + header.Stride <= Limit && last < End + header.Stride - ZerosMax;
    }

    public void Dispose() => _file.Dispose();

    private void Accept()
    {
        At = _next;
        Header = RecordHeader.At(_buffer.AsSpan((int)(At - _bufferAt)));
        _next += Header.Stride;
        End = _next;
    }

    private bool IsIntactAt(long offset)
    {
        if (Fill(offset, RecordHeader.Bytes) < RecordHeader.Bytes)
        {
            return false;
        }

        var header = RecordHeader.At(_buffer.AsSpan((int)(offset - _bufferAt)));
        if (header.Magic != RecordHeader.MagicWord || (uint)header.Length > RecordHeader.PayloadMax || offset + header.Stride > Limit)
        {
            return false;
        }

        return Fill(offset, header.Stride) >= header.Stride && RecordHeader.IsIntact(_buffer.AsSpan((int)(offset - _bufferAt), header.Stride));
    }

    /// <summary>Goes at least eight bytes on, to where a record may begin. True when it passed over something that is not zero.</summary>
    private bool SkipToNextMagic()
    {
        var dirty = false;
        var first = true;
        while (_next + RecordHeader.Bytes <= Limit)
        {
            var have = Math.Min(Fill(_next, RecordHeader.Bytes), (int)Math.Min(int.MaxValue, Limit - _next)) & -RecordHeader.Alignment;
            if (have == 0)
            {
                _next = Limit;
                return dirty;
            }

            var words = MemoryMarshal.Cast<byte, ulong>(_buffer.AsSpan((int)(_next - _bufferAt), have));
            for (var i = 0; i < words.Length; i++)
            {
                if (!first && (uint)words[i] == RecordHeader.MagicWord)
                {
                    return dirty;
                }

                first = false;
                dirty |= words[i] != 0;
                _next += RecordHeader.Alignment;
            }
        }

        return dirty;
    }

    /// <summary>Where the last byte lies that is not zero; -1: there is none behind the last intact record.</summary>
    private long LastByte()
    {
        var last = -1L;
        for (var at = End; at < Limit;)
        {
            var have = (int)Math.Min(Fill(at, 1), Limit - at);
            if (have == 0)
            {
                break;
            }

            var found = _buffer.AsSpan((int)(at - _bufferAt), have).LastIndexOfAnyExcept((byte)0);
            last = found < 0 ? last : at + found;
            at += have;
        }

        return last;
    }

    private bool HasBytes(long from, long to)
    {
        var have = Math.Min(Fill(from, (int)Math.Min(to - from, RecordHeader.Bytes)), (int)(to - from));
        return _buffer.AsSpan((int)(from - _bufferAt), have).ContainsAnyExcept((byte)0);
    }

    /// <summary>Has so many bytes from this offset on in the buffer, if the file has them; returns how many it has.</summary>
    private int Fill(long offset, int bytes)
    {
        var have = _bufferAt + _buffered - offset;
        if (offset >= _bufferAt && have >= bytes)
        {
            return (int)have;
        }

        if (bytes > _buffer.Length)
        {
            _buffer = new byte[RecordHeader.StrideOf(RecordHeader.PayloadMax)];
        }

        // Not beyond the limit: what lies there is still to be written, and the buffer would hold what it was before.
        var most = (int)Math.Clamp(Limit - offset, 0, _buffer.Length);
        _bufferAt = offset;
        _buffered = 0;
        while (_buffered < most)
        {
            var read = RandomAccess.Read(_file, _buffer.AsSpan(_buffered, most - _buffered), offset + _buffered);
            if (read == 0)
            {
                break;
            }

            _buffered += read;
        }

        return _buffered;
    }
}
