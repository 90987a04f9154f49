namespace IndustrieFutur.Edge.Control;

/// <summary>A reaction as people see it.</summary>
/// <param name="Id">Its id.</param>
/// <param name="IsArmed">It reacts to the next rise.</param>
/// <param name="Fired">How often since the start.</param>
/// <param name="InHour">How often in the last hour.</param>
/// <param name="LastEn">How the last one ended.</param>
public sealed record ReactionView(string Id, bool IsArmed, long Fired, int InHour, string LastEn);
