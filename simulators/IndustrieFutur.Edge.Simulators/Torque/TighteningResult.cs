namespace IndustrieFutur.Edge.Simulators.Torque;

/// <summary>How one tightening ended, as the controller keeps it until somebody has acknowledged it.</summary>
/// <param name="Id">Counts up from 1.</param>
/// <param name="TorqueCentinewtonMetres">Cut, not rounded.</param>
/// <param name="Degrees">Since the seat.</param>
/// <param name="TorqueStatus">0 low, 1 OK, 2 high.</param>
/// <param name="AngleStatus">0 low, 1 OK, 2 high.</param>
/// <param name="BatchCounter">Which of its batch.</param>
/// <param name="Vin">The part it belongs to.</param>
/// <param name="Time">The controller's clock.</param>
internal sealed record TighteningResult(
    long Id, int TorqueCentinewtonMetres, int Degrees, int TorqueStatus, int AngleStatus, int BatchCounter, string Vin, string Time)
{
    public bool IsOk => TorqueStatus == 1 && AngleStatus == 1;
}
