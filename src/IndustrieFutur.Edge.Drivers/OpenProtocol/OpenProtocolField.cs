namespace IndustrieFutur.Edge.Drivers.OpenProtocol;

/// <summary>What a signal may take out of a controller's messages: a value of each tightening result (MID 0061), or the alarm that came (MID 0071).</summary>
public enum OpenProtocolField
{
    Torque,
    TorqueTarget,
    TorqueMin,
    TorqueMax,
    TorqueStatus,
    Angle,
    AngleTarget,
    AngleMin,
    AngleMax,
    AngleStatus,
    Ok,
    Id,
    Vin,
    Job,
    ParameterSet,
    BatchSize,
    BatchCounter,
    BatchStatus,
    Time,
    Alarm,
}
