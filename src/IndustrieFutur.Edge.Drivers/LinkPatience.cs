namespace IndustrieFutur.Edge.Drivers;

/// <summary>How the runner behaves when a link is lost: how soon it tries again, and how long the last values are worth something.</summary>
public sealed record LinkPatience
{
    /// <summary>For lines and units that cost nothing to ask: a device that comes back is read again within two seconds of its return.</summary>
    public static readonly LinkPatience Usual = new();

    /// <summary>The pause after the first loss; it doubles with each further one.</summary>
    public TimeSpan PauseFirst { get; init; } = TimeSpan.FromMilliseconds(250);

    /// <summary>The longest pause while nobody answers.</summary>
    public TimeSpan PauseMax { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>The pause once the device has refused us <see cref="RefusalsMax"/> times in a row, or our login once.</summary>
    public TimeSpan PauseRefused { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>The longest pause while our login is refused: the pause doubles with each try, for each may be the one that locks the account.</summary>
    public TimeSpan PauseLoginMax { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>A server that has just started may refuse once or twice without meaning it.</summary>
    public int RefusalsMax { get; init; } = 3;

    /// <summary>Each pause is that part longer or shorter by chance, so that many edges do not knock at one server at the same moment.</summary>
    public double Jitter { get; init; }

    /// <summary>So long the last values stay Uncertain before the signals turn Bad. Zero: at once.</summary>
    public TimeSpan Grace { get; init; }
}
