namespace IndustrieFutur.Edge.Protocols.Serial;

/// <summary>A serial port of this machine: its name today, and the one under <c>/dev/serial/by-id</c> that follows the adapter.</summary>
public sealed record SerialPortName(string Name, string? ById)
{
    public override string ToString() => ById is null ? Name : $"{Name} ({ById})";
}
