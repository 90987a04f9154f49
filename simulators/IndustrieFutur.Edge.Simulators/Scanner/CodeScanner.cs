using System.Globalization;
using IndustrieFutur.Edge.Simulators.Cell;
using IndustrieFutur.Edge.Simulators.Lines;

namespace IndustrieFutur.Edge.Simulators.Scanner;

/// <summary>A barcode scanner that says each code once, as a line of text, to whoever listens then. One label of a hundred cannot be read.</summary>
internal sealed class CodeScanner : ISimulatedDevice
{
    /// <summary>What it says of a label that it cannot read.</summary>
    public const string NoRead = "NOREAD";

    private const double NoReadShare = 0.01;

    private readonly Lock _gate = new();
    private readonly Journal? _journal;
    private readonly Random _random;
    private readonly Queue<string> _shown = new();
    private int _parts;

    /// <param name="seed">The cell's.</param>
    /// <param name="id">Its name in the journal and in scenarios.</param>
    /// <param name="journal">Where each code is told.</param>
    public CodeScanner(int seed, string id = "scanner", Journal? journal = null)
    {
        Id = id;
        _journal = journal;
        _random = SeededRandom.For(seed, id);
        Protocol = new LineProtocol("codes as lines", link => new ScannerConversation(this, link).Serve, link => new ScannerConversation(this, link).Serve);
    }

    /// <inheritdoc/>
    public string Id { get; }

    public LineProtocol Protocol { get; }

    /// <summary>Before each code, such as an AIM symbology id.</summary>
    public string Prefix { get; init; } = "";

    /// <summary>Behind each code.</summary>
    public string Suffix { get; init; } = "\r\n";

    /// <summary>What was read.</summary>
    internal EventFeed<string> Codes { get; } = new(capacity: 64);

    /// <summary>The next part comes by, with a serial number of its own.</summary>
    public void Scan()
    {
        lock (_gate)
        {
            _parts++;
            var isRead = _random.NextDouble() >= NoReadShare;
            _shown.Enqueue(isRead ? string.Create(CultureInfo.InvariantCulture, $"P{_parts:00000000}") : NoRead);
        }
    }

    /// <summary>Something with that code is held before it.</summary>
    public void Scan(string code)
    {
        lock (_gate)
        {
            _shown.Enqueue(code);
        }
    }

    /// <inheritdoc/>
    public void Tick(in SimulatedTime now)
    {
        lock (_gate)
        {
            while (_shown.TryDequeue(out var code))
            {
                _journal?.Write(now, Id, $"code {code}");
                Codes.Add(code);
            }
        }
    }
}
