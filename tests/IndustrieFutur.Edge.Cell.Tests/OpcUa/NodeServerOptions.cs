using System.Globalization;

namespace IndustrieFutur.Edge.Cell.Tests.OpcUa;

/// <summary>What the foreign server is to be: how much of it, how fast it counts, from where.</summary>
internal sealed record NodeServerOptions
{
    /// <summary>Without the companion specifications and the arm; it then starts a little faster.</summary>
    public bool Lean { get; init; }

    /// <summary>Nothing but the signals and the least that a server must have; it then starts twice as fast.</summary>
    public bool Bare { get; init; }

    /// <summary>Refuses clients whose certificate lies not in its trusted folder.</summary>
    public bool Strict { get; init; }

    /// <summary>How many signals count.</summary>
    public int Signals { get; init; } = 100;

    /// <summary>The time between two counts; zero: it counts when told to.</summary>
    public TimeSpan Period { get; init; }

    /// <summary>Where the counting starts, so that values of two lives of the server can be told apart.</summary>
    public long Start { get; init; }

    public IEnumerable<string> Arguments(int port, string pkiFolder) =>
    [
        "--port", port.ToString(CultureInfo.InvariantCulture),
        "--pki", pkiFolder,
        "--signals", Signals.ToString(CultureInfo.InvariantCulture),
        "--period", Period.TotalMilliseconds.ToString(CultureInfo.InvariantCulture),
        "--start", Start.ToString(CultureInfo.InvariantCulture),
        .. Lean ? ["--lean"] : Array.Empty<string>(),
        .. Bare ? ["--bare"] : Array.Empty<string>(),
        .. Strict ? ["--strict"] : Array.Empty<string>(),
    ];
}
