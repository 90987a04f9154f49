namespace IndustrieFutur.Edge.Protocols.Rtde;

/// <summary>What a packet of RTDE is: the byte after its size, an ASCII letter (Real-Time Data Exchange guide of Universal Robots).</summary>
public enum RtdePacketType : byte
{
    RequestProtocolVersion = (byte)'V',
    GetControllerVersion = (byte)'v',
    TextMessage = (byte)'M',
    DataPackage = (byte)'U',
    SetupOutputs = (byte)'O',
    SetupInputs = (byte)'I',
    Start = (byte)'S',
    Pause = (byte)'P',
}
