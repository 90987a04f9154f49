namespace IndustrieFutur.Edge.Simulators.Cobot;

/// <summary>What the program is at: the numbers of RTDE's runtime_state.</summary>
public enum RuntimeState
{
    Stopping = 0,
    Stopped = 1,
    Playing = 2,
    Pausing = 3,
    Paused = 4,
    Resuming = 5,
}
