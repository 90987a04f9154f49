using System.Buffers.Binary;
using IndustrieFutur.Edge.Protocols.Links;
using IndustrieFutur.Edge.Protocols.Rtde;

namespace IndustrieFutur.Edge.Tests.Drivers.Rtde;

/// <summary>A link that has packages without end, some at each read, and some cut in two: it makes them without garbage, so that what is measured is the driver's.</summary>
internal sealed class EndlessPackages(IByteLink handshake, Func<byte[]> package) : IByteLink
{
    private const int PackagesPerRead = 40;
    private const int CutBytes = 17;

    private byte[] _package = [];
    private long _number;
    private int _given;
    private bool _rests;

    /// <summary>Packages given so far.</summary>
    public long Number => _number;

    public bool IsStarted { get; private set; }

    /// <inheritdoc/>
    public int Read(Span<byte> buffer, long untilMonoNanos)
    {
        if (!IsStarted)
        {
            return handshake.Read(buffer, untilMonoNanos);
        }

        _rests = !_rests;
        return _rests ? 0 : Give(buffer);
    }

    /// <inheritdoc/>
    public void Write(ReadOnlySpan<byte> bytes) => handshake.Write(bytes);

    /// <inheritdoc/>
    public void DiscardInput() => handshake.DiscardInput();

    public void Dispose() => handshake.Dispose();

    /// <summary>The handshake is over.</summary>
    public void Start()
    {
        _package = package();
        IsStarted = true;
    }

    /// <summary>The rest of the one before, whole ones, and the beginning of one more.</summary>
    private int Give(Span<byte> buffer)
    {
        var at = 0;
        if (_given > 0)
        {
            _package.AsSpan(_given).CopyTo(buffer);
            at = _package.Length - _given;
        }

        for (var i = 0; i < PackagesPerRead; i++)
        {
            BinaryPrimitives.WriteDoubleBigEndian(_package.AsSpan(RtdeLimits.HeaderBytes + 1), _number++ / 500.0);
            _package.CopyTo(buffer[at..]);
            at += _package.Length;
        }

        BinaryPrimitives.WriteDoubleBigEndian(_package.AsSpan(RtdeLimits.HeaderBytes + 1), _number++ / 500.0);
        _given = CutBytes;
        _package.AsSpan(0, _given).CopyTo(buffer[at..]);
        return at + _given;
    }
}
