namespace IndustrieFutur.Edge.Drivers.Running;

/// <summary>Where a link stands, as people and metrics see it.</summary>
public enum LinkState
{
    /// <summary>Being opened.</summary>
    Connecting = 0,

    /// <summary>Open, and what should come comes.</summary>
    Live = 1,

    /// <summary>Open, but nothing was heard for longer than agreed; it is being looked into.</summary>
    Stale = 2,

    /// <summary>Lost; the next try is due soon.</summary>
    Backoff = 3,

    /// <summary>The device lives and refuses us again and again; a person is needed, and tries are rare.</summary>
    Quarantined = 4,
}
