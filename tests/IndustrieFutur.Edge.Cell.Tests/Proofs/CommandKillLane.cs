using System.Diagnostics;
using System.Globalization;
using System.Text.Json.Nodes;
using IndustrieFutur.Edge.Cell.Tests.Servers;
using IndustrieFutur.Edge.Control.Audit;

namespace IndustrieFutur.Edge.Cell.Tests.Proofs;

/// <summary>One cell whose service is killed again and again in the middle of a command, each time of another value.</summary>
internal sealed class CommandKillLane : IDisposable
{
    private const string Command = "speed";
    private const ushort FirstValue = 60_000;

    /// <summary>A write that lasts, so that kills fall into it.</summary>
    private static readonly TimeSpan Thinks = TimeSpan.FromMilliseconds(60);

    /// <summary>A link looks for orders a hundred times a second.</summary>
    private static readonly TimeSpan AfterOrderMax = TimeSpan.FromMilliseconds(15);

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    /// <summary>What is written late, by whatever is left of a dead service, comes by then: an order lives 5 s at most.</summary>
    private static readonly TimeSpan LateMax = TimeSpan.FromSeconds(6);

    private readonly CommandSite _site;
    private readonly Random _random;
    private readonly CancellationToken _cancellation;
    private readonly List<KillRound> _rounds = [];
    private string _session = "";
    private TimeSpan _whole;

    private CommandKillLane(CommandSite site, Random random, CancellationToken cancellation) => (_site, _random, _cancellation) = (site, random, cancellation);

    public IReadOnlyList<KillRound> Rounds => _rounds;

    private string Audit => Path.Combine(_site.Data, "audit");

    public static async Task<CommandKillLane> StartAsync(bool isIsolated, Random random, CancellationToken cancellation)
    {
        var site = await CommandSite.StartAsync(isIsolated, cell => cell["devices"]!["plc"]!["timeout"] = "5s", cancellation);
        var lane = new CommandKillLane(site, random, cancellation);
        try
        {
            site.Machine.Thinks = Thinks;
            await lane.LogInAsync();
            await lane.MeasureAsync();
            return lane;
        }
        catch
        {
            site.Dispose();
            throw;
        }
    }

    /// <summary>Gives a command, kills the service before the answer, starts it again and judges.</summary>
    public async Task KillAsync(int round)
    {
        var (value, id) = ((ushort)round, string.Create(CultureInfo.InvariantCulture, $"kill-{round}"));
        var length = AuditLength();
        var asked = SubmitAsync(value, id);
        await WaitAsync(round, length);
        await _site.KillAsync(_cancellation);
        await JudgeAsync(round, value, id, asked, _site.RunAsync);
    }

    /// <summary>
    /// The service is killed while its order waits for the link, which is busy with a machine that is silent; only the link's own process lives on. Either the
    /// machine speaks again before another service comes, and the order is done; or after that one has taken it back, and it never is.
    /// </summary>
    public async Task KillWaitingAsync(int round, bool isTakenBack)
    {
        var (value, id) = ((ushort)round, string.Create(CultureInfo.InvariantCulture, $"kill-{round}"));
        _site.Machine.Hold();
        await Until.TrueAsync("the machine to be silent", Patience, () => _site.Machine.IsHeld, _cancellation);
        var asked = SubmitAsync(value, id);
        await Until.TrueAsync("the order to be posted", Patience, async token => asked.IsCompleted || await _site.Page.IsBusyAsync(Command, token), _cancellation);
        await _site.KillAsync(_cancellation);
        await JudgeAsync(round, value, id, asked, async cancellation =>
        {
            var running = isTakenBack ? _site.RunAsync(cancellation) : null;
            await Until.TrueAsync(
                "the order to be done, or taken back",
                Patience,
                () =>
                {
                    if (!isTakenBack || LinesOf(id) is not (not null, null))
                    {
                        _site.Machine.Release();
                    }

                    return Count(value) > 0 || LinesOf(id) is not (not null, null);
                },
                cancellation);
            _site.Machine.Release();
            await (running ?? _site.RunAsync(cancellation));
        });
    }

    private async Task JudgeAsync(int round, ushort value, string id, Task<JsonObject> asked, Func<CancellationToken, Task> runAsync)
    {
        var isWritten = _site.Machine.Writes.Contains(value);
        await ForgetAsync(asked);
        var (order, outcome) = LinesOf(id);
        var point = order is null ? KillPoint.BeforeOrder
            : outcome is not null ? KillPoint.AfterOutcome
            : isWritten ? KillPoint.BeforeOutcome : KillPoint.BeforeWrite;

        await runAsync(_cancellation);
        await LogInAsync();
        AssertInOrder(round);
        var (_, ended) = LinesOf(id);
        var writes = Count(value);
        _rounds.Add(new KillRound(value, point, !isWritten && writes > 0, ended?.Outcome ?? ""));
        Judge(round, point, outcome, ended);
        await ResendAsync(round, value, id, ended ?? RefusalOf(id), writes);
        AssertOnce(round);
    }

    /// <summary>Nothing comes seconds later, and the program itself finds the audit in order.</summary>
    public async Task EndAsync()
    {
        var end = TimeProvider.System.GetUtcNow() + LateMax;
        await Until.TrueAsync("what may come late to come", 2 * LateMax, () => TimeProvider.System.GetUtcNow() > end, _cancellation);
        AssertOnce(_rounds.Count);
        foreach (var round in _rounds.Where(round => round.Outcome == "Refused"))
        {
            Assert.True(Count(round.Value) == 0, $"{round}: an order that was refused was written");
        }

        _site.Stop();
        var (exitCode, output, errors) = _site.Verb("audit", "verify", Audit);
        Assert.True(exitCode == 0 && output.Contains("in order", StringComparison.Ordinal) && !output.Contains("without an outcome", StringComparison.Ordinal), $"exit {exitCode}: {output}{errors}");
    }

    public void Dispose() => _site.Dispose();

    /// <summary>How long a command takes when it is the first of a service: the kills fall into this time.</summary>
    private async Task MeasureAsync()
    {
        var started = Stopwatch.GetTimestamp();
        var answer = await SubmitAsync(FirstValue, "whole");
        _whole = Stopwatch.GetElapsedTime(started);
        Assert.True((string?)answer["outcome"] == "confirmed", answer.ToJsonString());
    }

    /// <summary>
    /// Half of the kills fall anywhere between the request and its answer. From the order to the write there are a few milliseconds only, which those would
    /// mostly miss: the other half come just after the audit has grown by the order.
    /// </summary>
    private async Task WaitAsync(int round, long length)
    {
        if (round % 2 == 1)
        {
            await Task.Delay(_whole * _random.NextDouble(), TimeProvider.System, _cancellation);
            return;
        }

        var started = Stopwatch.GetTimestamp();
        while (AuditLength() == length && Stopwatch.GetElapsedTime(started) < Patience)
        {
            Thread.Yield();
        }

        var after = Stopwatch.GetTimestamp() + (long)(AfterOrderMax.TotalSeconds * _random.NextDouble() * Stopwatch.Frequency);
        while (Stopwatch.GetTimestamp() < after)
        {
            Thread.SpinWait(20);
        }
    }

    private long AuditLength() => Directory.GetFiles(Audit).Sum(path => new FileInfo(path).Length);

    private static void Judge(int round, KillPoint point, AuditRecord? outcome, AuditRecord? ended)
    {
        if (point == KillPoint.BeforeOrder)
        {
            Assert.True(ended is null, $"round {round}: there was no order, and yet an outcome: {ended}");
            return;
        }

        Assert.True(ended is not null, $"round {round}: the order has no outcome ({point})");
        if (outcome is not null)
        {
            Assert.Equal((round, outcome.Sequence, outcome.Outcome), (round, ended.Sequence, ended.Outcome));
        }
        else if (point == KillPoint.BeforeOutcome)
        {
            Assert.Equal((round, "Unknown"), (round, ended.Outcome));
        }
        else
        {
            Assert.True(ended.Outcome is "Unknown" or "Refused", $"round {round}: nobody can know that it is {ended.Outcome}");
        }
    }

    /// <summary>Whoever lost the answer asks again with the same id: what was decided is told again, what never arrived is done now.</summary>
    private async Task ResendAsync(int round, ushort value, string id, AuditRecord? ended, int writes)
    {
        var answer = await SubmitAsync(value, id);
        if (ended is not null)
        {
            Assert.True(
                string.Equals((string?)answer["outcome"], ended.Outcome, StringComparison.OrdinalIgnoreCase) && answer["audit"]!.GetValue<long>() == ended.Sequence,
                $"round {round}: the audit has {ended}, and the resend got {answer.ToJsonString()}");
            Assert.True(Count(value) == writes, $"round {round}: the resend was written");
            return;
        }

        // A busy machine may hold the cell for longer than a value is fresh: that is refused by right.
        var isRefused = (string?)answer["code"] == "interlock" && Count(value) == 0;
        Assert.True(isRefused || ((string?)answer["outcome"] == "confirmed" && Count(value) == 1), $"round {round}: {Count(value)} writes, {answer.ToJsonString()}");
    }

    private void AssertInOrder(int round)
    {
        var report = AuditVerifier.Verify(Audit, "");
        Assert.True(report.Findings.Count == 0, $"round {round}: {string.Join("; ", report.Findings)}");
        Assert.True(report.OpenOrders.Count == 0, $"round {round}: without an outcome: {string.Join(' ', report.OpenOrders)}");
    }

    private void AssertOnce(int round)
    {
        var twice = _site.Machine.Writes.GroupBy(value => value).Where(writes => writes.Count() > 1).Select(writes => $"{writes.Key} {writes.Count()} times").ToArray();
        Assert.True(twice.Length == 0, $"round {round}: written more than once: {string.Join(", ", twice)}");
    }

    private int Count(ushort value) => _site.Machine.Writes.Count(written => written == value);

    private (AuditRecord? Order, AuditRecord? Outcome) LinesOf(string id)
    {
        var records = AuditReader.Read(Audit).Where(record => record.Id == id).ToArray();
        return (Array.Find(records, record => record.Kind == AuditKind.Ordered), Array.Find(records, record => record.Kind == AuditKind.Outcome));
    }

    private AuditRecord? RefusalOf(string id) => AuditReader.Read(Audit).FirstOrDefault(record => record.Id == id && record.Kind == AuditKind.Refused);

    /// <summary>Ready for the first time may be before the first values: what a fresh value is missing for is refused, and nothing of it counts.</summary>
    private async Task LogInAsync()
    {
        _session = await _site.Page.LogInAsync(CommandSite.Operator, CommandSite.Password, _cancellation);
        await Until.TrueAsync("every guard to hold", Patience, async token => (await _site.Page.StatesAsync(Command, token)).All(state => state == "holds"), _cancellation);
    }

    private async Task<JsonObject> SubmitAsync(ushort value, string id)
    {
        var (_, answer) = await _site.Page.SubmitAsync(_session, Command, id, new JsonObject { ["speed"] = value }, _cancellation);
        return answer;
    }

    /// <summary>The answer of a dead service came in time, or never.</summary>
    private static async Task ForgetAsync(Task<JsonObject> asked)
    {
        try
        {
            await asked;
        }
        catch (HttpRequestException)
        {
            // It was killed before it answered.
        }
    }
}
