using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using IndustrieFutur.Edge.App.Configuration;
using IndustrieFutur.Edge.App.Running;
using IndustrieFutur.Edge.Core.Pacing;
using IndustrieFutur.Edge.Core.Sampling;
using Microsoft.Extensions.Logging.Abstractions;

namespace IndustrieFutur.Edge.App.Verbs;

/// <summary><c>ifedge read</c>: open the devices, read every signal once, print it. For the first minutes beside a machine.</summary>
internal static class ReadVerb
{
    /// <summary>How long to wait for the slowest signal: its interval and an answer, but a person does not wait for ever.</summary>
    private static readonly TimeSpan WaitDefault = TimeSpan.FromSeconds(10);

    /// <summary>Signals named in one sentence; the rest is counted.</summary>
    private const int NamedMax = 5;

    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(10);

    public static Command Create()
    {
        var what = new Argument<string[]>("what") { Description = "Devices or device.signal to print; all when none is named.", Arity = ArgumentArity.ZeroOrMore };
        var config = VerbOptions.Config();
        var wait = new Option<TimeSpan?>("--wait") { Description = "How long to wait for the values (10s).", CustomParser = VerbOptions.ParseDuration };
        var json = VerbOptions.Json();
        var command = new Command("read", "Open the devices themselves and read every signal once.") { what, config, wait, json };
        command.SetAction((parsed, cancellationToken) =>
        {
            var configuration = ConfigurationFile.Load(parsed.GetValue(config), parsed.InvocationConfiguration.Error);
            return ReadAsync(configuration, parsed.GetValue(what) ?? [], parsed.GetValue(wait) ?? WaitDefault, parsed.GetValue(json), cancellationToken);
        });
        return command;
    }

    private static async Task<int> ReadAsync(EdgeConfiguration configuration, string[] what, TimeSpan wait, bool json, CancellationToken cancellationToken)
    {
        var plan = configuration.Plan;
        var unknown = what.Where(name => !plan.Signals.Any(signal => Matches(name, signal.Device, signal.Id))).ToArray();
        if (unknown.Length > 0)
        {
            throw new VerbFailedException(
                ExitCode.Usage,
                $"there is no device or signal \"{unknown[0]}\" in {configuration.File}; devices: {string.Join(", ", plan.Devices.Select(device => device.Id))}");
        }

        using var links = new LinkSet(configuration, TimeProvider.System, NullLoggerFactory.Instance);
        links.Start();
        var since = TimeProvider.System.GetTimestamp();
        IReadOnlyList<SignalView> views;
        do
        {
            await Task.Delay(Tick, TimeProvider.System, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            links.Loop.Tick(MonoClock.NowNanos());
            links.Output.Advance(links.Output.Peek(int.MaxValue).Length);
            views = [.. SignalView.All(plan, links).Where(view => what.Length == 0 || what.Any(name => Matches(name, view.Device, view.Signal)))];
        }
        while (views.Any(view => view.AgeMillis < 0 || (links.ViewOf(view.Device) is { } link && LinkReport.IsBeingOpened(link)))
            && TimeProvider.System.GetElapsedTime(since) < wait && !cancellationToken.IsCancellationRequested);

        // Before the stop, which is not the devices' doing.
        string[] reasons = [.. DeviceProblems.Find(plan, links).Select(problem => $"{problem}."), .. Silences(views, links, wait), .. Errors(links)];
        links.Stop();
        Print(views, json);
        foreach (var reason in reasons)
        {
            await Console.Error.WriteLineAsync(reason);
        }

        if (cancellationToken.IsCancellationRequested)
        {
            return ExitCode.Interrupted;
        }

        return links.Views.All(link => link.Status.IsRefused) ? ExitCode.Refused
            : links.Views.All(link => link.Status.LastError.Length > 0) ? ExitCode.CannotConnect
            : views.Any(view => view.AgeMillis < 0) ? ExitCode.TimedOut
            : views.Any(view => StatusCode.IsBad(view.Status)) ? ExitCode.FoundProblems
            : ExitCode.Done;
    }

    /// <summary>Why a signal has no value although nothing failed: one sentence for each link.</summary>
    private static IEnumerable<string> Silences(IReadOnlyList<SignalView> views, LinkSet links, TimeSpan waited)
    {
        foreach (var silent in views.Where(view => view.AgeMillis < 0).GroupBy(view => links.ViewOf(view.Device)))
        {
            if (silent.Key is null)
            {
                yield return $"{Named(silent)}: not known within {waited.TotalSeconds.ToString("0.###", CultureInfo.InvariantCulture)} s; each is made of other signals, and waits until all of these have come.";
            }
            else if (LinkReport.IsBeingOpened(silent.Key))
            {
                yield return $"{silent.Key.Link} ({silent.Key.Devices}): {LinkReport.StillBeingOpened(waited)}";
            }
            else if (silent.Key.Status.IsConnected)
            {
                yield return string.Create(
                    CultureInfo.InvariantCulture,
                    $"{silent.Key.Link} ({silent.Key.Devices}): is open, and has said nothing of {Named(silent)} within {waited.TotalSeconds:0.###} s; wait longer (--wait), or look whether the device is busy or frozen.");
            }
        }
    }

    private static string Named(IEnumerable<SignalView> views)
    {
        string[] names = [.. views.Select(view => $"{view.Device}.{view.Signal}")];
        return string.Join(", ", names.Take(NamedMax)) + (names.Length > NamedMax ? $" and {names.Length - NamedMax} more" : "");
    }

    private static IEnumerable<string> Errors(LinkSet links) =>
        links.Views.Where(link => link.Status.LastError.Length > 0).Select(link => $"{link.Link} ({link.Devices}): {link.Status.LastError}");

    private static void Print(IReadOnlyList<SignalView> views, bool json)
    {
        if (json)
        {
            Console.Out.WriteLine(JsonSerializer.Serialize(views, SignalViewJson.Default.IReadOnlyListSignalView));
            return;
        }

        LiveTable.WritePlain(Console.Out, views);
    }

    private static bool Matches(string name, string device, string signal) =>
        name == device || (name.Length == device.Length + 1 + signal.Length
            && name.StartsWith(device, StringComparison.Ordinal) && name[device.Length] == '.' && name.EndsWith(signal, StringComparison.Ordinal));
}
