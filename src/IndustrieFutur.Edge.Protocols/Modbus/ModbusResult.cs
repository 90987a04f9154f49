namespace IndustrieFutur.Edge.Protocols.Modbus;

/// <summary>The end of a round trip and, when the device refused, its reason: a refusal is an answer, not an error to throw.</summary>
public readonly record struct ModbusResult(ModbusOutcome Outcome, ModbusExceptionCode Exception)
{
    public static ModbusResult Ok => default;

    public static ModbusResult Timeout => new(ModbusOutcome.Timeout, ModbusExceptionCode.None);

    public bool IsOk => Outcome == ModbusOutcome.Ok;

    public static ModbusResult Refused(ModbusExceptionCode code) => new(ModbusOutcome.Exception, code);

    /// <summary>For people: "Ok", "Timeout" or "exception 2 (IllegalDataAddress)".</summary>
    public override string ToString() =>
        Outcome == ModbusOutcome.Exception ? $"exception {(int)Exception} ({Exception})" : Outcome.ToString();
}
