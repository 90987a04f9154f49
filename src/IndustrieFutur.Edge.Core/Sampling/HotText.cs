using System.Text;
using System.Text.Unicode;

namespace IndustrieFutur.Edge.Core.Sampling;

/// <summary>
/// A short text that one thread writes and any thread or process reads: a reader never makes the writer wait and never sees half a
/// text (a sequence lock). What does not fit is cut at a character and ends in "…".
/// </summary>
[HotPath]
public sealed unsafe class HotText
{
    /// <summary>Both sides copy a text by way of their stack.</summary>
    private const int TextBytesMax = 4_096;

    /// <summary>They outlast any write: one takes less than a microsecond, and a writer that was preempted is read at the next look.</summary>
    private const int TriesMax = 1_000;

    private readonly HotTextHeader* _header;
    private readonly byte* _bytes;
    private readonly int _textBytes;
    private volatile string _lastRead = "";

    /// <param name="memory">Where the text lives; zeroed memory is the empty text.</param>
    /// <param name="textBytes">The longest text as UTF-8.</param>
    public HotText(HotMemory memory, int textBytes)
    {
        ArgumentNullException.ThrowIfNull(memory);
        ArgumentOutOfRangeException.ThrowIfLessThan(textBytes, Mark.Length);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(textBytes, TextBytesMax);
        _textBytes = textBytes;
        _header = (HotTextHeader*)memory.Take(sizeof(HotTextHeader) + textBytes);
        _bytes = (byte*)(_header + 1);
    }

    /// <summary>
    /// Read by anyone, set by the one writing thread. When the writer was held, or killed, in the middle of a text, the reader gets the
    /// one that it read before.
    /// </summary>
    public string Value
    {
        get
        {
            Span<byte> text = stackalloc byte[_textBytes];
            var length = Read(text);
            return length < 0 ? _lastRead : _lastRead = Encoding.UTF8.GetString(text[..length]);
        }

        set
        {
            Span<byte> text = stackalloc byte[_textBytes];
            _ = Utf8.FromUtf16(value, text, out var charsRead, out var length);
            if (charsRead < value.Length)
            {
                length = TextCut.Length(text[..length], _textBytes - Mark.Length);
                Mark.CopyTo(text[length..]);
                length += Mark.Length;
            }

            Set(text[..length]);
        }
    }

    private static ReadOnlySpan<byte> Mark => "…"u8;

    public static long BytesNeeded(int textBytes) => HotMemory.Padded(sizeof(HotTextHeader) + textBytes);

    /// <summary>
    /// For a writer that takes the text over from one that may have been killed in the middle of it: what stands there is half of two
    /// texts, so it becomes the empty one. Only the one writer may do so: to a reader an odd version says that the text is being written.
    /// </summary>
    public void Repair()
    {
        if ((_header->Version & 1) != 0)
        {
            _header->Length = 0;
            Volatile.Write(ref _header->Version, _header->Version + 1);
        }
    }

    private void Set(ReadOnlySpan<byte> text)
    {
        var version = _header->Version;
        _header->Version = version + 1;

        // A release store alone would let the text rise above the odd version (dotnet/coreclr 6121): a barrier is needed.
        Volatile.WriteBarrier();
        _header->Length = text.Length;
        text.CopyTo(new Span<byte>(_bytes, _textBytes));
        Volatile.Write(ref _header->Version, version + 2);
    }

    /// <summary>The length of a whole text; -1 when none could be read.</summary>
    private int Read(Span<byte> text)
    {
        for (var tries = 0; tries < TriesMax; tries++)
        {
            var before = Volatile.Read(ref _header->Version);
            if ((before & 1) != 0)
            {
                continue;
            }

            // The length is another process's word until the version confirms it.
            var length = Math.Clamp(_header->Length, 0, _textBytes);
            new ReadOnlySpan<byte>(_bytes, length).CopyTo(text);
            Volatile.ReadBarrier();
            if (before == _header->Version)
            {
                return length;
            }
        }

        return -1;
    }
}
