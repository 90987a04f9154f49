using System.Net;
using IndustrieFutur.Edge.Protocols.Links;
using IndustrieFutur.Edge.Protocols.Serial;

namespace IndustrieFutur.Edge.Simulators.Lines;

/// <summary>Where one simulated device can be reached: a pseudo-terminal, a serial port, TCP, or all of them, with the same faults on each.</summary>
internal sealed class DeviceLines(LineProtocol protocol) : IDisposable
{
    private readonly List<IDisposable> _parts = [];
    private readonly List<string> _places = [];

    /// <summary>What is wrong with its lines.</summary>
    public LineFaults Faults { get; } = new();

    /// <summary>Where it can be reached, one sentence each.</summary>
    public IReadOnlyList<string> Places => _places;

    /// <summary>The serial port that clients open when there is a pseudo-terminal; else null.</summary>
    public string? PtyPath { get; private set; }

    /// <summary>The port that TCP clients connect to; 0 when there is none.</summary>
    public int TcpPort { get; private set; }

    /// <summary>A pseudo-terminal, with a symbolic link to it when one is named. Throws <see cref="LinkBrokenException"/> in plain words.</summary>
    public void OpenPty(string? linkPath = null)
    {
        var pty = Keep(new PtyPair(linkPath));
        PtyPath = pty.SlavePath;
        Keep(new SerialLineServer(pty.Master, null, protocol.OnSerial, Faults));
        _places.Add($"{protocol.Name}, on {PtyPath}");
    }

    /// <summary>A real serial port. Throws <see cref="LinkBrokenException"/> in plain words.</summary>
    public void OpenSerial(string port, string settings)
    {
        if (!SerialSettings.TryParse(settings, out var parsed, out var error))
        {
            throw new LinkBrokenException($"{port}: {error}");
        }

        var line = parsed with { Port = port };
        Keep(new SerialLineServer(SerialLinks.Open(line), () => SerialLinks.Open(line), protocol.OnSerial, Faults));
        _places.Add($"{protocol.Name}, on {port} at {line}");
    }

    /// <summary>TCP; port 0 takes any that is free. Throws <see cref="LinkBrokenException"/> in plain words.</summary>
    public void OpenTcp(IPEndPoint endPoint)
    {
        var listener = Keep(new TcpLineListener(protocol, endPoint, Faults));
        TcpPort = listener.EndPoint.Port;
        _places.Add($"{protocol.NameOnTcp ?? protocol.Name + " over TCP"}, on {listener.EndPoint}");
    }

    public void Dispose()
    {
        // In reverse: who uses a line goes before the line.
        for (var i = _parts.Count - 1; i >= 0; i--)
        {
            _parts[i].Dispose();
        }

        _parts.Clear();
    }

    private T Keep<T>(T part)
        where T : IDisposable
    {
        _parts.Add(part);
        return part;
    }
}
