using IndustrieFutur.Edge.Protocols.OpenProtocol;

namespace IndustrieFutur.Edge.Simulators.Torque;

/// <summary>Writes a tightening result as MID 0061, revision 1.</summary>
internal static class ResultMessage
{
    private const string ParameterSetTime = "2025-01-02:08:30:00";
    private const int Hundredths = 100;

    /// <summary>The data behind the header.</summary>
    public static byte[] DataOf(TighteningResult result)
    {
        var message = new byte[TighteningField.MessageBytes];
        TighteningField.CellId.Write(message, 1);
        TighteningField.Channel.Write(message, 1);
        TighteningField.Controller.Write(message, TorqueController.Name);
        TighteningField.Vin.Write(message, result.Vin);
        TighteningField.Job.Write(message, 1);
        TighteningField.ParameterSet.Write(message, 1);
        TighteningField.BatchSize.Write(message, TorqueController.BatchSize);
        TighteningField.BatchCounter.Write(message, result.BatchCounter);
        TighteningField.Ok.Write(message, result.IsOk ? 1 : 0);
        TighteningField.TorqueStatus.Write(message, result.TorqueStatus);
        TighteningField.AngleStatus.Write(message, result.AngleStatus);
        TighteningField.TorqueMin.Write(message, (long)(TorqueController.TorqueMin * Hundredths));
        TighteningField.TorqueMax.Write(message, (long)(TorqueController.TorqueMax * Hundredths));
        TighteningField.TorqueTarget.Write(message, (long)(TorqueController.TargetTorque * Hundredths));
        TighteningField.Torque.Write(message, result.TorqueCentinewtonMetres);
        TighteningField.AngleMin.Write(message, (long)TorqueController.DegreesMin);
        TighteningField.AngleMax.Write(message, (long)TorqueController.DegreesMax);
        TighteningField.AngleTarget.Write(message, (long)TorqueController.TargetDegrees);
        TighteningField.Angle.Write(message, result.Degrees);
        TighteningField.Time.Write(message, result.Time);
        TighteningField.ParameterSetTime.Write(message, ParameterSetTime);
        TighteningField.BatchStatus.Write(message, result.IsOk ? 1 : 0);
        TighteningField.Id.Write(message, result.Id);
        return message[OpenProtocolHeader.Bytes..];
    }
}
