using IndustrieFutur.Edge.Protocols.Links;

namespace IndustrieFutur.Edge.Tests.Protocols.Modbus;

/// <summary>A link whose other end is a script: for each request the pieces in which bytes come back. When none are left, the time is over.</summary>
internal sealed class ScriptedLink : IByteLink
{
    private readonly Queue<byte[]> _arriving = new();
    private readonly Queue<byte[][]> _answers = new();

    public List<byte[]> Written { get; } = [];

    public int Discards { get; private set; }

    /// <summary>Beside what is written, the link is cut when it is asked for more.</summary>
    public bool IsCut { get; set; }

    /// <summary>What comes back for the next request that has no answer yet, in hexadecimal, piece by piece.</summary>
    public ScriptedLink Answer(params string[] pieces)
    {
        _answers.Enqueue([.. pieces.Select(Hex.Bytes)]);
        return this;
    }

    /// <summary>Bytes that come by themselves.</summary>
    public void Arrive(string piece) => _arriving.Enqueue(Hex.Bytes(piece));

    public int Read(Span<byte> buffer, long untilMonoNanos)
    {
        if (IsCut)
        {
            throw new LinkBrokenException("The line is cut.");
        }

        if (!_arriving.TryDequeue(out var piece))
        {
            return 0;
        }

        piece.CopyTo(buffer);
        return piece.Length;
    }

    public void Write(ReadOnlySpan<byte> bytes)
    {
        Written.Add(bytes.ToArray());
        foreach (var piece in _answers.TryDequeue(out var pieces) ? pieces : [])
        {
            _arriving.Enqueue(piece);
        }
    }

    public void DiscardInput()
    {
        Discards++;
        _arriving.Clear();
    }

    public void Dispose()
    {
    }
}
