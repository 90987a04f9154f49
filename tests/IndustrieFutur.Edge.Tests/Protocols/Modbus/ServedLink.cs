using IndustrieFutur.Edge.Protocols.Links;
using IndustrieFutur.Edge.Protocols.Modbus;

namespace IndustrieFutur.Edge.Tests.Protocols.Modbus;

/// <summary>A line in memory with our own servers at its other end; it allocates nothing, and where nobody answers the time is over at once.</summary>
internal sealed class ServedLink : IByteLink
{
    private ModbusServer[] _servers;
    private readonly ServerEnd _serverEnd;
    private readonly byte[] _toClient = new byte[4096];
    private int _toClientFrom;
    private int _toClientEnd;

    public ServedLink(params ModbusServer[] servers)
    {
        _servers = servers;
        _serverEnd = new ServerEnd(this);
    }

    /// <summary>Bytes that a read hands over at most: 1 splits every frame.</summary>
    public int PieceBytesMax { get; set; } = int.MaxValue;

    public bool IsCut { get; set; }

    public int Requests { get; private set; }

    /// <summary>From now on this server answers too.</summary>
    public void Attach(ModbusServer server) => _servers = [.. _servers, server];

    /// <summary>From now on nobody answers.</summary>
    public void Detach() => _servers = [];

    public int Read(Span<byte> buffer, long untilMonoNanos)
    {
        ThrowIfCut();
        var count = Math.Min(PieceBytesMax, Math.Min(buffer.Length, _toClientEnd - _toClientFrom));
        _toClient.AsSpan(_toClientFrom, count).CopyTo(buffer);
        _toClientFrom += count;
        if (_toClientFrom == _toClientEnd)
        {
            _toClientFrom = 0;
            _toClientEnd = 0;
        }

        return count;
    }

    public void Write(ReadOnlySpan<byte> bytes)
    {
        ThrowIfCut();
        Requests++;
        foreach (var server in _servers)
        {
            _serverEnd.Give(bytes);
            server.Serve(_serverEnd, 0);

            // Once more without bytes: silence ends whatever was not for this unit.
            server.Serve(_serverEnd, 0);
        }
    }

    public void DiscardInput() => (_toClientFrom, _toClientEnd) = (0, 0);

    public void Dispose()
    {
    }

    private void ThrowIfCut()
    {
        if (IsCut)
        {
            throw new LinkBrokenException("The line is cut.");
        }
    }

    private sealed class ServerEnd(ServedLink line) : IByteLink
    {
        private readonly byte[] _toServer = new byte[512];
        private int _waiting;

        public void Give(ReadOnlySpan<byte> bytes)
        {
            bytes.CopyTo(_toServer);
            _waiting = bytes.Length;
        }

        public int Read(Span<byte> buffer, long untilMonoNanos)
        {
            var count = _waiting;
            _toServer.AsSpan(0, count).CopyTo(buffer);
            _waiting = 0;
            return count;
        }

        public void Write(ReadOnlySpan<byte> bytes)
        {
            bytes.CopyTo(line._toClient.AsSpan(line._toClientEnd));
            line._toClientEnd += bytes.Length;
        }

        public void DiscardInput() => _waiting = 0;

        public void Dispose()
        {
        }
    }
}
