using System.Text;
using IndustrieFutur.Edge.Core.Pacing;
using IndustrieFutur.Edge.Core.Sampling;

namespace IndustrieFutur.Edge.Tests.Core;

/// <summary>A text that one side writes and another reads: whole, or the one before; cut at a character; mended after a writer's death.</summary>
public sealed class HotTextTests : IDisposable
{
    private const int TextBytes = 64;

    private const int HammeredBytes = 1_024;

    /// <summary>Both sides at work at once show so many within a second; without the second look at the version thousands of them are torn.</summary>
    private const int ChangesSeen = 50_000;

    /// <summary>On a machine with one free core the two take turns, and see few.</summary>
    private const long HammerMaxNanos = 5_000_000_000;

    private readonly HotMemory _memory = new(HotText.BytesNeeded(TextBytes));
    private readonly HotMemory _memoryOfReader;
    private readonly HotText _writer;
    private readonly HotText _reader;

    public HotTextTests()
    {
        _memoryOfReader = new HotMemory(_memory);
        _writer = new HotText(_memory, TextBytes);
        _reader = new HotText(_memoryOfReader, TextBytes);
    }

    public void Dispose()
    {
        _memoryOfReader.Dispose();
        _memory.Dispose();
    }

    [Fact]
    public void What_one_side_writes_the_other_reads()
    {
        var fresh = _reader.Value;
        _writer.Value = "Câble débranché";
        var written = _reader.Value;
        _writer.Value = "";

        Assert.Equal(("", "Câble débranché", ""), (fresh, written, _reader.Value));
    }

    [Theory]
    [InlineData("exactly 64 bytes", 64, 1, 64, false)]
    [InlineData("one byte too many", 65, 1, 64, true)]
    [InlineData("two bytes a letter: the mark of three fits behind 30", 40, 2, 63, true)]
    [InlineData("three bytes a letter", 40, 3, 63, true)]
    [InlineData("four bytes a letter: two UTF-16 units of which none goes alone", 40, 4, 63, true)]
    public void A_text_that_does_not_fit_is_cut_at_a_character_and_marked(string what, int letters, int bytesPerLetter, int bytes, bool isCut)
    {
        var letter = bytesPerLetter switch { 1 => "a", 2 => "é", 3 => "線", _ => "🤖" };
        var text = string.Concat(Enumerable.Repeat(letter, letters));

        _writer.Value = text;

        var read = _reader.Value;
        Assert.True(Encoding.UTF8.GetByteCount(read) == bytes, what);
        Assert.Equal(isCut, read.EndsWith('…'));
        Assert.StartsWith(read.TrimEnd('…'), text, StringComparison.Ordinal);
    }

    [Fact]
    public void Half_of_a_UTF_16_pair_is_replaced_and_harms_nothing()
    {
        _writer.Value = "a\ud83eb";

        Assert.Equal("a\ufffdb", _reader.Value);
    }

    [Fact]
    public void A_reader_never_sees_half_a_text()
    {
        using var memory = new HotMemory(HotText.BytesNeeded(HammeredBytes));
        using var memoryOfReader = new HotMemory(memory);
        var (written, read) = (new HotText(memory, HammeredBytes), new HotText(memoryOfReader, HammeredBytes));
        string[] texts = [.. Enumerable.Range(0, 50).Select(i => new string((char)('A' + i), HammeredBytes - i))];
        var enough = false;
        var last = 0;
        var writer = new Thread(() =>
        {
            while (!Volatile.Read(ref enough))
            {
                last = (last + 1) % texts.Length;
                written.Value = texts[last];
            }
        })
        { IsBackground = true };

        writer.Start();
        var (torn, changes, before) = (0, 0, "");
        var deadline = MonoClock.NowNanos() + HammerMaxNanos;
        while (changes < ChangesSeen && MonoClock.NowNanos() < deadline)
        {
            var text = read.Value;
            torn += text.Length == 0 || text == texts[text[0] - 'A'] ? 0 : 1;
            changes += text == before ? 0 : 1;
            before = text;
        }

        Volatile.Write(ref enough, true);
        writer.Join();
        Assert.Equal(0, torn);
        Assert.True(changes > 1, "the reader saw no text change");
        Assert.Equal(texts[last], read.Value);
    }

    [Fact]
    public void While_a_dead_writer_s_text_is_torn_the_reader_keeps_the_one_before()
    {
        _writer.Value = "before";
        var read = _reader.Value;

        DieWhileWriting();

        Assert.Equal(("before", "before"), (read, _reader.Value));
        Assert.Equal("", new HotText(new HotMemory(_memory), TextBytes).Value);
    }

    [Fact]
    public void A_writer_that_attaches_after_a_torn_text_empties_it_and_writes_on()
    {
        _writer.Value = "before";
        DieWhileWriting();

        var next = new HotText(new HotMemory(_memory), TextBytes);
        next.Repair();
        var repaired = _reader.Value;
        next.Value = "after";

        Assert.Equal(("", "after"), (repaired, _reader.Value));
    }

    [Fact]
    public void Attaching_to_a_whole_text_keeps_it()
    {
        _writer.Value = "whole";

        new HotText(new HotMemory(_memory), TextBytes).Repair();

        Assert.Equal("whole", _reader.Value);
    }

    [Fact]
    public unsafe void A_length_that_no_text_can_have_is_not_believed()
    {
        _writer.Value = "short";

        ((HotTextHeader*)new HotMemory(_memory).Take(1))->Length = int.MaxValue;

        Assert.StartsWith("short", _reader.Value, StringComparison.Ordinal);
        Assert.Equal(TextBytes, _reader.Value.Length);
    }

    /// <summary>What kill -9 leaves in the middle of a text: an odd version over some of the new bytes.</summary>
    private unsafe void DieWhileWriting()
    {
        var header = (HotTextHeader*)new HotMemory(_memory).Take(1);
        header->Version++;
        header->Length = 3;
        *(byte*)(header + 1) = (byte)'X';
    }
}
