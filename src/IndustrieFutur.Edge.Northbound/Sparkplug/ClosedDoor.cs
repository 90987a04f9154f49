namespace IndustrieFutur.Edge.Northbound.Sparkplug;

/// <summary>Lets no order through: an edge that nobody has given a command gate only reads.</summary>
public sealed class ClosedDoor : ICommandDoor
{
    public string? Refusal(in DeviceOrder order) => "this edge only reads its devices; it has no command gate.";
}
