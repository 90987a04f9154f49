namespace IndustrieFutur.Edge.Control.People;

/// <summary>A person who logged in.</summary>
/// <param name="Name">The user's.</param>
/// <param name="User">As the file had him then: another role or password ends the session.</param>
/// <param name="SeenAt">The last sign of life, a timestamp of the clock.</param>
internal sealed record Session(string Name, UserEntry User, long SeenAt);
