using System.Text;
using IndustrieFutur.Edge.Protocols.Links;

namespace IndustrieFutur.Edge.Tests.Drivers.Framed;

/// <summary>A device in memory, at the far end of a link: it keeps what it was sent and answers as the test says.</summary>
internal sealed class ScriptedDevice : IByteLink
{
    private readonly Queue<byte> _said = new();

    /// <summary>Each piece that was sent, in order.</summary>
    public List<string> Heard { get; } = [];

    /// <summary>What it answers to a piece; null: nothing.</summary>
    public Func<string, string?> Answer { get; set; } = static _ => null;

    /// <summary>From now on the link is gone.</summary>
    public bool IsCut { get; set; }

    /// <summary>Something that it says by itself.</summary>
    public void Say(string text)
    {
        foreach (var one in Encoding.Latin1.GetBytes(text))
        {
            _said.Enqueue(one);
        }
    }

    public int Read(Span<byte> buffer, long untilMonoNanos)
    {
        RefuseWhenCut();
        var count = Math.Min(buffer.Length, _said.Count);
        for (var i = 0; i < count; i++)
        {
            buffer[i] = _said.Dequeue();
        }

        return count;
    }

    public void Write(ReadOnlySpan<byte> bytes)
    {
        // Nothing to say at the opening is no piece.
        if (bytes.IsEmpty)
        {
            return;
        }

        var text = Encoding.Latin1.GetString(bytes);
        Heard.Add(text);
        Say(Answer(text) ?? "");
        RefuseWhenCut();
    }

    public void DiscardInput()
    {
        RefuseWhenCut();
        _said.Clear();
    }

    public void Dispose()
    {
    }

    private void RefuseWhenCut()
    {
        if (IsCut)
        {
            throw new LinkBrokenException("The cable is out.");
        }
    }
}
