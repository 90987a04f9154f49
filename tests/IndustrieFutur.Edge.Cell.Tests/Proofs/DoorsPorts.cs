namespace IndustrieFutur.Edge.Cell.Tests.Proofs;

/// <summary>Where the simulated machines of a cell are whose doors are tried.</summary>
/// <param name="Dashboard">The cobot's.</param>
/// <param name="SlowDashboard">The other cobot's.</param>
/// <param name="Rtde">The cobot's.</param>
/// <param name="Belt">The conveyor's, Modbus TCP.</param>
internal sealed record DoorsPorts(int Dashboard, int SlowDashboard, int Rtde, int Belt);
