using IndustrieFutur.Edge.Protocols.Links;

namespace IndustrieFutur.Edge.Simulators.Lines;

/// <summary>
/// How a simulated device speaks: what begins a conversation on an open line. A conversation waits for bytes until the given time
/// (<see cref="LinkClock"/>), says what is to be said, and is called again; it throws <see cref="LinkBrokenException"/> when it is over.
/// </summary>
/// <param name="Name">For people: "Modbus RTU, unit 9".</param>
/// <param name="OnSerial">Begins one on a serial line or pseudo-terminal.</param>
/// <param name="OnTcp">Begins one on a TCP connection.</param>
internal sealed record LineProtocol(string Name, Func<IByteLink, Action<long>> OnSerial, Func<IByteLink, Action<long>> OnTcp)
{
    /// <summary>What it is called on TCP, where that is something else.</summary>
    public string? NameOnTcp { get; init; }

    /// <summary>Most devices take four to eight connections; one more is closed at once.</summary>
    public int ClientsMax { get; init; } = 8;
}
