namespace IndustrieFutur.Edge.Simulators.Cobot;

/// <summary>
/// The steps of the program `pick-and-place`, in their order: what the gripper, the scale and the torque driver of the cell follow. The times
/// are those at full speed; together 12 s.
/// </summary>
public enum CobotPhase
{
    /// <summary>No program is under way: none was played, or it was stopped.</summary>
    None,

    /// <summary>From wherever it stood to home, slowly: once, when a stopped program is played. The gripper opens.</summary>
    MovingToStart,

    /// <summary>At home, for a part to come: 1 s, or as long as none comes.</summary>
    Waiting,

    /// <summary>To the conveyor's end: 2.5 s.</summary>
    MovingToPick,

    /// <summary>The gripper closes: 0.5 s. Digital output 0 is on from here until the part is let go.</summary>
    Gripping,

    /// <summary>To the scale: 2 s.</summary>
    MovingToScale,

    /// <summary>The scale settles: 1.5 s. Digital output 1 is on.</summary>
    Weighing,

    /// <summary>To the fixture: 2 s.</summary>
    MovingToFixture,

    /// <summary>The torque driver works: 1.5 s. Digital output 2 is on.</summary>
    Tightening,

    /// <summary>Lets the part go and returns home: 1 s. Digital output 0 goes off.</summary>
    Returning,
}
