namespace IndustrieFutur.Edge.Control.Audit;

/// <summary>What a line of the audit tells of.</summary>
public enum AuditKind
{
    /// <summary>A service took the audit over; the state of the switch, the armed hash.</summary>
    Started = 0,

    /// <summary>A request that a rule refused: it has its outcome, and nothing was sent.</summary>
    Refused = 1,

    /// <summary>A token was given.</summary>
    Prepared = 2,

    /// <summary>All rules agreed: the order leaves once this line is on the disk. One line of outcome follows, and only one.</summary>
    Ordered = 3,

    /// <summary>How an order ended; <see cref="AuditRecord.Of"/> is the order's line.</summary>
    Outcome = 4,

    /// <summary>What persons did besides: switch, lease, approval, arming, users, log-ins that were refused.</summary>
    Act = 5,

    /// <summary>A reaction was set off, or could not be.</summary>
    Reaction = 6,

    /// <summary>Requests above the rate, or files that went to make room: counted, each not told.</summary>
    Bound = 7,
}
