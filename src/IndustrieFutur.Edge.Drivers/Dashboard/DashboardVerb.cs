namespace IndustrieFutur.Edge.Drivers.Dashboard;

/// <summary>All that a robot can be told through its dashboard. Power, brakes, stops and modes need a person at the pendant, and have no word here.</summary>
public enum DashboardVerb
{
    Load,
    Play,
    Pause,
    Stop,
}
