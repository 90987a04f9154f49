namespace IndustrieFutur.Edge.Control.People;

/// <summary>The local users: read from their file, again when it has changed.</summary>
public sealed class UserStore(string file, TimeProvider clock)
{
    /// <summary>The file, 0600.</summary>
    public string File => file;

    /// <summary>A user's role; null: there is no such user. Costs no hashing.</summary>
    public Role? RoleOf(string name) => throw new NotSupportedException($"{name} {clock}");
}
