using System.Globalization;
using System.Net;
using System.Text.Json.Nodes;
using IndustrieFutur.Edge.Cell.Tests.OpcUa;
using IndustrieFutur.Edge.Cell.Tests.OpcUa.Limits;
using IndustrieFutur.Edge.Cell.Tests.Servers;
using IndustrieFutur.Edge.OpcUa.Client;
using IndustrieFutur.Edge.OpcUa.Types;
using IndustrieFutur.Edge.Tests.OpcUa.Server;

namespace IndustrieFutur.Edge.Cell.Tests.Proofs;

/// <summary>
/// Strangers do to our server whatever they can: one session too many, sizes that are lies, answers that nobody takes, damaged messages.
/// Those who do nothing wrong notice nothing, and its memory stays within a bound.
/// </summary>
public sealed class ServerLimitsProof : IDisposable
{
    private const int SessionsMax = 100;
    private const int NeverReaders = 3;
    private const int Honest = 8;

    /// <summary>
    /// Above what it takes with a hundred sessions: garbage that is not yet collected, and the queues of clients that were dropped, which
    /// live as long as their sessions.
    /// </summary>
    private const long BoundBytes = 256L * 1024 * 1024;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(4);

    /// <summary>Until the buffers of the kernel are full at both ends, and then the patience of the server; a busy machine takes longer.</summary>
    private static readonly TimeSpan DropLimit = TimeSpan.FromSeconds(40);

    private static readonly TimeSpan PeerLimit = TimeSpan.FromSeconds(60);

    private readonly LimitsServer _server = new(Patience);
    private readonly MemoryWatch _memory;
    private readonly Visitors _visitors;
    private readonly string _pki = Directory.CreateTempSubdirectory("edge-limits-").FullName;
    private readonly List<string> _figures = [];
    private long _baseBytes;
    private long _baseLiveBytes;

    public ServerLimitsProof()
    {
        _visitors = new Visitors(_server.Address);
        _memory = new MemoryWatch(_server);
    }

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private static TimeSpan FuzzTime => Proof.Length(TimeSpan.FromSeconds(60), TimeSpan.FromSeconds(8));

    [Fact]
    [Trait("Proof", "server-limits")]
    public async Task Whatever_strangers_do_the_server_keeps_its_memory_and_serves_the_others()
    {
        using var guest = Foreign("stay");
        await guest.HearAsync("stays", PeerLimit, Stop);
        var honest = FillAllPlaces();
        try
        {
            var before = await CallAsync();
            _baseLiveBytes = _server.LiveBytes;
            _baseBytes = _server.ResidentBytes;
            _memory.TakeMost();
            RefuseHostileSizes();
            DropNeverReaders();
            Fuzz();
            var after = await CallAsync();
            Assert.True(after <= (2 * before) + 500, $"A foreign client takes {after:0} ms for a call, and took {before:0} ms before.");
            var left = await guest.AskAsync("leave", PeerLimit, Stop);
            Assert.True((int)left["bad"]! == 0 && left["lost"]!.AsArray().Count == 0, $"The foreign client that stayed was disturbed: {left.ToJsonString()}");
            var reads = honest.Sum(client => client.Leave());
            _figures.Add(string.Create(CultureInfo.InvariantCulture, $"foreign call {before:0} ms before, {after:0} ms after; {reads + (int)left["reads"]!} reads of {Honest + 1} honest clients, 0 lost"));
        }
        finally
        {
            honest.ForEach(client => client.Dispose());
        }

        await NothingIsLeftAsync();
        Proof.Say(string.Join("; ", _figures));
    }

    public void Dispose()
    {
        _memory.Dispose();
        _visitors.Dispose();
        _server.Dispose();
        Directory.Delete(_pki, recursive: true);
    }

    /// <summary>All but one by clients of ours, one by the foreign one that came before. Some of them stay.</summary>
    private List<HonestClient> FillAllPlaces()
    {
        var sessions = Enumerable.Range(1, SessionsMax - 1).Select(number => Connect(isEncrypted: number % 10 == 0)).ToList();
        Assert.Equal(SessionsMax, _server["sessions"]);
        foreach (var isEncrypted in new[] { false, true })
        {
            var refusal = Assert.Throws<UaException>(() => Connect(isEncrypted));
            Assert.Equal(StatusCodes.BadTooManySessions, refusal.Status);
        }

        sessions.ForEach(HonestClient.Read);
        Assert.Equal((SessionsMax, 2), (_server["sessions"], _server["refusedSessions"]));
        _figures.Add($"session {SessionsMax + 1} BadTooManySessions, the {SessionsMax} go on");
        var staying = sessions.Where((_, number) => number % 12 == 9).Take(Honest).ToList();
        sessions.Except(staying).ToList().ForEach(session => session.Dispose());
        return [.. staying.Select(session => new HonestClient(session))];
    }

    private UaSession Connect(bool isEncrypted)
    {
        var session = new UaSession(_visitors.SettingsFor(isEncrypted, TimeSpan.FromSeconds(60)));
        try
        {
            session.Connect(Stop);
            return session;
        }
        catch
        {
            session.Dispose();
            throw;
        }
    }

    private void RefuseHostileSizes()
    {
        var chunks = new HostileChunks(new IPEndPoint(IPAddress.Loopback, _server.Address.Port));
        chunks.Greet_with_every_size_there_is();
        var ended = chunks.SendAll();
        var refused = new HostileBodies(_visitors, isEncrypted: false).ClaimTooMuch() + new HostileBodies(_visitors, isEncrypted: true).ClaimTooMuch();
        var anywhere = new HostileBodies(_visitors, isEncrypted: false).ClaimAnywhere();
        var nested = new HostileBodies(_visitors, isEncrypted: false).Nest();
        _figures.Add($"{ended} hostile chunks ended their connections, {refused} lengths and {nested} nestings got a fault, {anywhere} more left their channels alive (memory +{Most()} MB)");
    }

    /// <summary>What is begun and never ended waits no longer than a channel without a session may.</summary>
    private void LeaveMessageUnfinished()
    {
        using var client = new RawClient(new IPEndPoint(IPAddress.Loopback, _server.Address.Port));
        client.Open();
        client.SendChunk(isLast: false, new byte[60_000]);
        Assert.True(client.ReadIsEnd(), "A message that is never ended holds its channel for ever.");
    }

    private void DropNeverReaders()
    {
        var took = new TimeSpan[NeverReaders];
        var readers = Enumerable.Range(0, NeverReaders).Select(number => new NeverReader(_visitors, isEncrypted: number % 2 == 1)).ToList();
        Parallel([LeaveMessageUnfinished, .. readers.Select((reader, number) => (Action)(() => took[number] = reader.AskUntilDropped(DropLimit)))]);
        readers.ForEach(reader => reader.Dispose());
        _figures.Add(string.Create(CultureInfo.InvariantCulture, $"{NeverReaders} clients that never read dropped after {took.Max().TotalSeconds:0.0} s (memory +{Most()} MB)"));
    }

    private void Fuzz()
    {
        var seed = Proof.IsWhole ? Environment.TickCount : 20_261_125;
        BodyFuzzer[] bodies = [new(_visitors, false, seed), new(_visitors, false, seed + 1), new(_visitors, true, seed + 2), new(_visitors, true, seed + 3)];
        WireFuzzer[] wires = [new(_visitors, false, seed + 4), new(_visitors, true, seed + 5)];
        using var end = new CancellationTokenSource(FuzzTime);
        Parallel([.. bodies.Select(lane => (Action)(() => lane.Run(end.Token))), .. wires.Select(lane => (Action)(() => lane.Run(end.Token)))]);

        var counts = bodies.Select(lane => lane.Count).Concat(wires.Select(lane => lane.Count)).ToList();
        Assert.All(counts, count => Assert.InRange(count.Damaged, 10, long.MaxValue));
        _figures.Add($"{FuzzTime.TotalSeconds} s of fuzz (seed {seed}): {counts.Sum(count => count.Damaged)} damaged messages over {counts.Sum(count => count.Connections)} connections, {counts.Sum(count => count.Refused)} refused (memory +{Most()} MB)");
    }

    /// <summary>Runs each on a thread of its own and throws what went wrong on one of them.</summary>
    private static void Parallel(IEnumerable<Action> works)
    {
        var tasks = works.Select(work => Task.Factory.StartNew(work, Stop, TaskCreationOptions.LongRunning, TaskScheduler.Default)).ToArray();
        Task.WaitAll(tasks, Stop);
    }

    /// <summary>The most memory since the last call above what it took before the strangers came, in MB; fails beyond the bound.</summary>
    private long Most()
    {
        var grown = _memory.TakeMost() - _baseBytes;
        Assert.True(grown <= BoundBytes, $"The server took {grown >> 20} MB more than with {SessionsMax} sessions; {BoundBytes >> 20} MB are allowed.");
        return grown >> 20;
    }

    /// <summary>What is left of the strangers goes with their sessions; and none of what they did was a mistake of ours.</summary>
    private async Task NothingIsLeftAsync()
    {
        await Until.TrueAsync("the strangers' sessions are over", PeerLimit, () => _server["sessions"] == 0 && _server["connections"] == 0, Stop);
        var report = _server.Report();
        Assert.True((int)report["mistakeCount"]! == 0, report["mistakes"]!.ToJsonString());
        var left = _server.ResidentBytes - _baseBytes;
        Assert.InRange(left, long.MinValue, BoundBytes);
        var live = _server.LiveBytes - _baseLiveBytes;
        Assert.InRange(live, long.MinValue, BoundBytes);
        _figures.Add($"at the end 0 sessions, memory {_baseBytes >> 20} MB {left >> 20:+0;-0} MB, live {live >> 20:+0;-0} MB; bound +{BoundBytes >> 20} MB");
    }

    private async Task<double> CallAsync()
    {
        using var caller = Foreign("call");
        JsonObject called = await caller.HearAsync("called", PeerLimit, Stop);
        Assert.Equal(0, (int)called["state"]!);
        Assert.InRange((int)called["references"]!, 10, int.MaxValue);
        return (double)called["millis"]!;
    }

    private NodeProcess Foreign(string task) => new("visitor.js", ["--url", _server.Address.Url, "--task", task, "--pki", Path.Combine(_pki, task)]);
}
