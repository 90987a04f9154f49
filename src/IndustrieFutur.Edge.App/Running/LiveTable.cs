using System.Globalization;
using IndustrieFutur.Edge.Core.Sampling;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace IndustrieFutur.Edge.App.Running;

/// <summary>The values of a cell as a table that renews itself in a terminal; in a pipe, a plain table every few seconds.</summary>
internal static class LiveTable
{
    /// <summary>Four times a second: quicker than an eye reads, slow enough for a serial console.</summary>
    private static readonly TimeSpan Every = TimeSpan.FromMilliseconds(250);

    /// <summary>A longer id is cut: value and quality must stay on an 80-column screen.</summary>
    private const int IdLettersMax = 24;

    private static readonly TimeSpan FirstInPipe = TimeSpan.FromMilliseconds(700);

    private static readonly TimeSpan EveryInPipe = TimeSpan.FromSeconds(5);

    /// <summary>Shows <paramref name="read"/>'s signals until cancelled. <paramref name="footer"/> is a line below the table.</summary>
    public static async Task ShowAsync(
        Func<CancellationToken, Task<IReadOnlyList<SignalView>>> read, Func<string> footer, TimeProvider clock, CancellationToken cancellationToken)
    {
        if (Console.IsOutputRedirected)
        {
            await ShowPlainAsync(read, footer, clock, cancellationToken);
            return;
        }

        await AnsiConsole.Live(new Text("")).StartAsync(async live =>
        {
            while (!cancellationToken.IsCancellationRequested)
            {
                var signals = await read(cancellationToken);
                live.UpdateTarget(new Rows(Lines(signals, footer())));
                await Task.Delay(Every, clock, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        });
    }

    public static string Footer(Cell cell)
    {
        var total = LedgerReport.Total(cell.Plan, cell.Links.Ledger);
        var broker = cell.Sinks.FirstOrDefault(sink => !sink.Status.IsConnected) is { } away
            ? $"absent / away: {(cell.Sinks.Count > 1 ? away.Id + ": " : "")}{away.Status.LastError}"
            : "relié / connected";
        return string.Create(
            CultureInfo.InvariantCulture,
            $"produits/produced {total.Produced}  filtrés/filtered {total.Filtered}  enregistrés/stored {total.Stored}  en attente/pending {total.Pending}  perdus/dropped {total.Dropped}  broker {broker}  (Ctrl+C pour arrêter / to stop)");
    }

    /// <summary>One table as plain lines, for pipes and for <c>read</c>.</summary>
    public static void WritePlain(TextWriter output, IReadOnlyList<SignalView> signals)
    {
        var width = signals.Max(signal => signal.Device.Length + 1 + signal.Signal.Length);
        foreach (var signal in signals)
        {
            var id = $"{signal.Device}.{signal.Signal}".PadRight(width);
            output.WriteLine($"{id}  {signal.Value.ToString(),14} {signal.Unit,-8} {signal.Quality,-26} {Age(signal),9}  {signal.Name}");
        }
    }

    /// <summary>Those that a screen has room for: what is Bad, then the first ones of each device, then its next ones, so that every device is seen.</summary>
    internal static IEnumerable<SignalView> Chosen(IReadOnlyList<SignalView> signals, int rows) => signals
        .Select((signal, place) => (Signal: signal, Place: place, Order: IsTrouble(signal.Status) ? 0 : 1))
        .GroupBy(entry => entry.Signal.Device)
        .SelectMany(device => device.Select((entry, rank) => (entry.Signal, entry.Place, entry.Order, Rank: rank)))
        .OrderBy(entry => entry.Order).ThenBy(entry => entry.Order * entry.Rank).ThenBy(entry => entry.Place)
        .Take(rows)
        .OrderBy(entry => entry.Order).ThenBy(entry => entry.Place)
        .Select(entry => entry.Signal);

    private static async Task ShowPlainAsync(
        Func<CancellationToken, Task<IReadOnlyList<SignalView>>> read, Func<string> footer, TimeProvider clock, CancellationToken cancellationToken)
    {
        var pause = FirstInPipe;
        while (!cancellationToken.IsCancellationRequested)
        {
            await Task.Delay(pause, clock, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            pause = EveryInPipe;
            WritePlain(Console.Out, await read(CancellationToken.None));
            Console.Out.WriteLine(footer());
            Console.Out.WriteLine();
        }
    }

    /// <summary>One line a signal, as many as the terminal has.</summary>
    private static IEnumerable<IRenderable> Lines(IReadOnlyList<SignalView> signals, string footer)
    {
        var width = AnsiConsole.Profile.Width - 1;
        var ids = Math.Min(IdLettersMax, signals.Max(signal => signal.Device.Length + 1 + signal.Signal.Length));
        var footers = footer.Chunk(width).Select(part => new Text(new string(part))).ToArray();
        var room = Math.Max(2, AnsiConsole.Profile.Height - footers.Length - 2);
        yield return Line(width, ids, "Signal", "Valeur/Value", "Unité", "Qualité/Quality", "Âge", "Stockés", "Nom / Name", new Style(decoration: Decoration.Bold));
        foreach (var signal in Chosen(signals, signals.Count <= room ? room : room - 1))
        {
            yield return Line(
                width, ids, $"{signal.Device}.{signal.Signal}", signal.Value.ToString(), signal.Unit, signal.Quality, Age(signal),
                signal.Stored.ToString(CultureInfo.InvariantCulture), signal.Name, new Style(Colour(signal.Status)));
        }

        if (signals.Count > room)
        {
            yield return new Text($"... + {signals.Count - room + 1} (agrandir la fenêtre / enlarge the window)");
        }

        foreach (var part in footers)
        {
            yield return part;
        }
    }

    private static Text Line(int width, int ids, string id, string value, string unit, string quality, string age, string stored, string name, Style style)
    {
        var line = $"{Fit(id, ids)} {Fit(value, 12, right: true)} {Fit(unit, 5)} {Fit(quality, 18)} {Fit(age, 7, right: true)} {Fit(stored, 9, right: true)}  {name}";
        return new Text(line.Length <= width ? line : line[..width], style);
    }

    private static string Fit(string text, int width, bool right = false) =>
        text.Length > width ? text[..(width - 1)] + "…" : right ? text.PadLeft(width) : text.PadRight(width);

    private static Color Colour(uint status) =>
        StatusCode.IsGood(status) ? Color.Green : IsTrouble(status) ? Color.Red : Color.Yellow;

    /// <summary>A signal whose first value or event is still to come is none.</summary>
    private static bool IsTrouble(uint status) => StatusCode.IsBad(status) && status != StatusCode.BadWaitingForInitialData;

    private static string Age(SignalView signal) => signal.AgeMillis switch
    {
        < 0 => "-",
        < 10_000 => string.Create(CultureInfo.InvariantCulture, $"{signal.AgeMillis} ms"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{signal.AgeMillis / 1000} s"),
    };
}
