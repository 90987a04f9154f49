namespace IndustrieFutur.Edge.Control.People;

/// <summary>Log-ins and what follows from them: a password is hashed here and nowhere else, as often as the rate allows.</summary>
public sealed class LoginDesk(UserStore users, TimeProvider clock)
{
    /// <summary>Checks a password. An unknown name takes as long as a wrong password; too many tries wait.</summary>
    public Task<LoginAnswer> LogInAsync(string name, string password, string station, CancellationToken cancellationToken) =>
        throw new NotSupportedException($"{users} {clock} {name}{password}{station}{cancellationToken}");

    /// <summary>Whose session it is, and his role now; null: nobody's, or it was idle for 5 minutes. Each call counts as a sign of life.</summary>
    public (string Name, Role Role)? Of(string session) => throw new NotSupportedException(session);

    public void LogOut(string session) => throw new NotSupportedException(session);
}
