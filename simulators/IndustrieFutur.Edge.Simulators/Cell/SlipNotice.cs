using System.Globalization;

namespace IndustrieFutur.Edge.Simulators.Cell;

/// <summary>
/// Tells whoever runs a simulator that its clock lost time, because the machine did not let it run: when it begins, then at most once a minute.
/// Whoever waits for the simulator's end lets it look now and then: the clock's own thread must not wait for a console.
/// </summary>
/// <param name="slipped">What the clock lost so far, of the cell's time.</param>
/// <param name="target">Takes a line, French first.</param>
/// <param name="clock">By it the minutes pass.</param>
internal sealed class SlipNotice(Func<TimeSpan> slipped, TextWriter target, TimeProvider clock)
{
    /// <summary>How often it is to look: soon enough for a person, and no work.</summary>
    public static readonly TimeSpan LookEvery = TimeSpan.FromSeconds(1);

    private static readonly TimeSpan TellEvery = TimeSpan.FromMinutes(1);

    private TimeSpan _told;
    private long _toldAt;

    /// <summary>Tells what is new, when it is time to.</summary>
    public void Look()
    {
        if (_told == TimeSpan.Zero || clock.GetElapsedTime(_toldAt) >= TellEvery)
        {
            Tell();
        }
    }

    /// <summary>Tells what is new at once: at the end.</summary>
    public void Tell()
    {
        var all = slipped();
        if (all == _told)
        {
            return;
        }

        var (lost, total) = ((all - _told).TotalMilliseconds, all.TotalMilliseconds);
        target.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"horloge simulée : {lost:0} ms perdues ({total:0} ms en tout), la machine est trop chargée ; l'heure de la cellule retarde d'autant. La décharger. / simulated clock: {lost:0} ms lost ({total:0} ms in all), the machine is too busy; the cell's time is that much behind. Give it less to do."));
        (_told, _toldAt) = (all, clock.GetTimestamp());
    }
}
