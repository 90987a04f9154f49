namespace IndustrieFutur.Edge.Control;

/// <summary>What a person may do, rising; each may what those before it may, except that <see cref="Trainer"/> trains and does not configure.</summary>
public enum Role
{
    /// <summary>Observateur: looks, without a log-in.</summary>
    Observer = 0,

    /// <summary>Opérateur: gives commands, takes the lease, arms reactions again.</summary>
    Operator = 1,

    /// <summary>Formateur: what an operator may.</summary>
    Trainer = 2,

    /// <summary>Intégrateur: rehearses and arms a configuration.</summary>
    Integrator = 3,

    /// <summary>Admin: everything, the users too.</summary>
    Admin = 4,
}
