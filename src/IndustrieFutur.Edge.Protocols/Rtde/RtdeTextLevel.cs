namespace IndustrieFutur.Edge.Protocols.Rtde;

/// <summary>How grave a text of the controller is.</summary>
public enum RtdeTextLevel : byte
{
    Exception = 0,
    Error = 1,
    Warning = 2,
    Info = 3,
}
