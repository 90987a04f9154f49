namespace IndustrieFutur.Edge.Control.People;

/// <summary>A user as the file has him.</summary>
/// <param name="Role">What he may do.</param>
/// <param name="Password">Its hash: "pbkdf2-sha256$iterations$salt$hash".</param>
public sealed record UserEntry(Role Role, string Password);
