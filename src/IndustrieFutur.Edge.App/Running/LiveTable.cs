using System.Globalization;
using IndustrieFutur.Edge.Core.Sampling;
using Spectre.Console;

namespace IndustrieFutur.Edge.App.Running;

/// <summary>The values of a cell as a table that renews itself in a terminal; in a pipe, a plain table every few seconds.</summary>
internal static class LiveTable
{
    /// <summary>Four times a second: quicker than an eye reads, slow enough for a serial console.</summary>
    private static readonly TimeSpan Every = TimeSpan.FromMilliseconds(250);

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
                live.UpdateTarget(new Rows(Table(signals), new Text(footer())));
                await Task.Delay(Every, clock, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        });
    }

    public static string Footer(Cell cell)
    {
        var total = LedgerReport.Total(cell.Plan, cell.Links.Ledger);
        var broker = cell.Sink.Status.IsConnected ? "relié / connected" : "absent / away: " + cell.Sink.Status.LastError;
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
            output.WriteLine($"{id}  {signal.Value,14} {signal.Unit,-8} {signal.Quality,-26} {Age(signal),9}  {signal.Name}");
        }
    }

    private static async Task ShowPlainAsync(
        Func<CancellationToken, Task<IReadOnlyList<SignalView>>> read, Func<string> footer, TimeProvider clock, CancellationToken cancellationToken)
    {
        while (!cancellationToken.IsCancellationRequested)
        {
            await Task.Delay(EveryInPipe, clock, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (!cancellationToken.IsCancellationRequested)
            {
                WritePlain(Console.Out, await read(cancellationToken));
                Console.Out.WriteLine(footer());
                Console.Out.WriteLine();
            }
        }
    }

    private static Table Table(IReadOnlyList<SignalView> signals)
    {
        var table = new Table().Border(TableBorder.Rounded).Expand();
        table.AddColumns("Signal", "Nom / Name");
        table.AddColumn(new TableColumn("Valeur / Value").RightAligned());
        table.AddColumns("Unité / Unit", "Qualité / Quality");
        table.AddColumn(new TableColumn("Âge / Age").RightAligned());
        table.AddColumn(new TableColumn("Enregistrés / Stored").RightAligned());
        foreach (var signal in signals)
        {
            table.AddRow(
                new Text($"{signal.Device}.{signal.Signal}"),
                new Text(signal.Name),
                new Text(signal.Value),
                new Text(signal.Unit),
                new Text(signal.Quality, new Style(Colour(signal.Status))),
                new Text(Age(signal)),
                new Text(signal.Stored.ToString(CultureInfo.InvariantCulture)));
        }

        return table;
    }

    private static Color Colour(uint status) =>
        StatusCode.IsGood(status) ? Color.Green : StatusCode.IsBad(status) ? Color.Red : Color.Yellow;

    private static string Age(SignalView signal) => signal.AgeMillis switch
    {
        < 0 => "-",
        < 10_000 => string.Create(CultureInfo.InvariantCulture, $"{signal.AgeMillis} ms"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{signal.AgeMillis / 1000} s"),
    };
}
