using IndustrieFutur.Edge.Simulators.Cobot;

namespace IndustrieFutur.Edge.Simulators.Rtde;

/// <summary>Copies what can be seen of the arm just now, under the arm's own lock.</summary>
internal delegate void CobotLook(out CobotState state);
