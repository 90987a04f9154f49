namespace IndustrieFutur.Edge.Protocols.Serial;

/// <summary>How the receiver of a serial line asks for a pause: not at all, by XON/XOFF characters (many scales), by the RTS and CTS wires.</summary>
public enum SerialFlow
{
    None,
    XonXoff,
    RtsCts,
}
