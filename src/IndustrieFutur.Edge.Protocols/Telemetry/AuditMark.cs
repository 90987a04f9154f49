namespace IndustrieFutur.Edge.Protocols.Telemetry;

/// <summary>The last line of the audit of commands, told to others so that a tail that was cut off shows.</summary>
/// <param name="Head">Its number; 0: there is no line.</param>
/// <param name="Hash">Its hash, 64 hexadecimal digits.</param>
public sealed record AuditMark(long Head, string Hash);
