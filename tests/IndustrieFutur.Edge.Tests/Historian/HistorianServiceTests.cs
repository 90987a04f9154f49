using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text;
using IndustrieFutur.Edge.App.Broker;
using IndustrieFutur.Edge.App.Configuration;
using IndustrieFutur.Edge.Historian;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using MQTTnet;

namespace IndustrieFutur.Edge.Tests.Historian;

/// <summary>A whole historian between a real broker and a real file: what it stores, tells and asks for.</summary>
public sealed class HistorianServiceTests : IAsyncLifetime
{
    /// <summary>Of real time; the historian's own clock runs ten times faster.</summary>
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(20);

    private readonly string _folder = Directory.CreateTempSubdirectory("edge-historian-").FullName;
    private readonly FakeTimeProvider _clock = new(DateTimeOffset.FromUnixTimeMilliseconds(StoreScene.Start / 1_000_000));
    private readonly int _port = FreePort();
    private readonly ModelEdge _edge;
    private EmbeddedBroker _broker;
    private HistorianService _historian;

    public HistorianServiceTests()
    {
        _edge = new ModelEdge(_port);
        _broker = NewBroker();
        _historian = NewHistorian();
    }

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        await _broker.StartAsync();
        await _edge.ConnectAsync(Cancellation);
        await _historian.StartAsync(Cancellation);
    }

    public async ValueTask DisposeAsync()
    {
        await _historian.StopAsync(CancellationToken.None);
        _historian.Dispose();
        await _edge.DisposeAsync();
        await _broker.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public async Task Samples_are_stored_and_the_watermark_is_told()
    {
        await ConnectedAsync();
        await _edge.MetaAsync();
        await _edge.SendAsync(1, 100);

        await UntilAsync("the watermark", () => _edge.UpTo == 100);

        Assert.Equal("0000000000000001", _edge.Stored!.Epoch);
        Assert.Equal(Enumerable.Range(1, 100).Select(number => (double)number), Values());
        Assert.Equal((100L, 0L, 0L, ""), (_historian.Status.SamplesStored, _historian.Status.SamplesDuplicate, _historian.Status.ReplaysAsked, _historian.Status.LastError));
    }

    [Fact]
    public async Task What_was_lost_on_the_way_is_asked_for_and_stored()
    {
        await ConnectedAsync();
        await _edge.MetaAsync();
        await _edge.SendAsync(1, 50);
        await _edge.SendAsync(81, 100);

        await UntilAsync("a request", () => !_edge.Asked.IsEmpty, () => _edge.HeadAsync(1, 121));
        Assert.True(_edge.Asked.TryDequeue(out var first));
        Assert.Equal((51ul, 80ul), (first.From, first.To));
        Assert.Equal((50ul, 1), (_edge.UpTo, _edge.Stored!.Ranges.Count));

        await _edge.SendAsync(51, 80);
        await UntilAsync("a request for the tail", () => _edge.Asked.TryDequeue(out var next) && next.From == 101, () => _edge.HeadAsync(1, 121));
        await _edge.SendAsync(101, 120);
        await UntilAsync("the watermark", () => _edge.UpTo == 120);
        Assert.Equal(120, Values().Count);
    }

    [Fact]
    public async Task What_comes_twice_is_stored_once()
    {
        await ConnectedAsync();
        await _edge.MetaAsync();
        await _edge.SendAsync(1, 100);
        await _edge.SendAsync(51, 150);
        await UntilAsync("the watermark", () => _edge.UpTo == 150);

        await _edge.SendAsync(1, 100);
        await UntilAsync("the duplicates", () => _historian.Status.SamplesDuplicate == 150);

        Assert.Equal(150, _historian.Status.SamplesStored);
        Assert.Equal(150, Values().Count);
    }

    [Fact]
    public async Task Samples_that_come_before_their_plan_wait_for_it()
    {
        await ConnectedAsync();
        await _edge.SendAsync(1, 100);
        await UntilAsync("the samples to wait", () => _historian.Status.SamplesWaiting == 100);

        await _edge.MetaAsync();
        await UntilAsync("the watermark", () => _edge.UpTo == 100);

        Assert.Equal(0, _historian.Status.ReplaysAsked);
    }

    [Fact]
    public async Task Samples_whose_plan_does_not_come_are_asked_for_again()
    {
        await ConnectedAsync();
        await _edge.MetaAsync();
        await _edge.SendAsync(1, 100, planHash: 1_000);

        await UntilAsync("a request", () => !_edge.Asked.IsEmpty, () => _edge.HeadAsync(1, 101));
        await _edge.MetaAsync(planHash: 1_000);
        await UntilAsync(
            "the watermark",
            () => _edge.UpTo == 100,
            () => _edge.Asked.TryDequeue(out var ask) ? _edge.SendAsync(ask.From, ask.To, planHash: 1_000) : _edge.HeadAsync(1, 101));
        Assert.Equal(100, Values().Count);
    }

    [Fact]
    public async Task What_the_edge_no_longer_has_becomes_a_gap_and_counts_as_done()
    {
        await ConnectedAsync();
        await _edge.MetaAsync();
        await _edge.SendAsync(11, 20);
        await UntilAsync("a request", () => !_edge.Asked.IsEmpty, () => _edge.HeadAsync(11, 21));
        Assert.True(_edge.Asked.TryPeek(out var ask));
        Assert.Equal((1ul, 10ul), (ask.From, ask.To));

        await _edge.GapAsync(1, 10, cause: 5);
        await UntilAsync("the watermark", () => _edge.UpTo == 20);

        using var reader = EmbeddedReader.Open(File());
        Assert.Equal([(1ul, 10ul, (byte)5)], reader.Gaps().Select(gap => (gap.First, gap.Last, gap.Cause)));
        Assert.Equal(10, reader.Count());
    }

    [Fact]
    public async Task A_historian_that_starts_again_goes_on_from_what_its_store_has()
    {
        await ConnectedAsync();
        await _edge.MetaAsync();
        await _edge.SendAsync(1, 100);
        await UntilAsync("the watermark", () => _edge.UpTo == 100);
        await _historian.StopAsync(Cancellation);
        _historian.Dispose();
        await _edge.SendAsync(101, 110);

        _historian = NewHistorian();
        await _historian.StartAsync(Cancellation);
        await UntilAsync("a request", () => !_edge.Asked.IsEmpty, () => _edge.HeadAsync(101, 121));

        Assert.True(_edge.Asked.TryPeek(out var ask));
        Assert.Equal((101ul, 120ul), (ask.From, ask.To));
        await _edge.SendAsync(101, 120);
        await UntilAsync("the watermark", () => _edge.UpTo == 120);
        Assert.Equal(120, Values().Count);
    }

    [Fact]
    public async Task A_file_that_is_moved_away_while_it_runs_is_a_store_that_has_nothing()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows keeps an open file where it is.");
        await ConnectedAsync();
        await _edge.MetaAsync();
        await _edge.SendAsync(1, 100);
        await UntilAsync("the watermark", () => _edge.UpTo == 100);

        foreach (var file in Directory.GetFiles(_folder, "historian-h1.db*"))
        {
            System.IO.File.Move(file, file.Replace("historian-h1", "elsewhere", StringComparison.Ordinal));
        }

        await UntilAsync("it to be noticed", () => _historian.SetBack.Contains(File(), StringComparison.Ordinal));
        await UntilAsync("a request", () => !_edge.Asked.IsEmpty, () => _edge.HeadAsync(51, 111));
        Assert.True(_edge.Asked.TryPeek(out var ask));
        Assert.Equal((1ul, 50ul), (ask.From, ask.To));
        await _edge.GapAsync(1, 50, cause: 5);
        await _edge.SendAsync(51, 110);
        await UntilAsync("the watermark", () => _edge.UpTo == 110);

        Assert.Equal(Enumerable.Range(51, 60).Select(number => (double)number), Values());
        Assert.Equal((true, true, ""), (_historian.Status.Connected, _historian.Status.StoreReachable, _historian.Status.LastError));
        _clock.Advance(TimeSpan.FromMinutes(10));
        Assert.Equal("", _historian.SetBack);
    }

    [Fact]
    public async Task A_new_numbering_begins_at_one_and_the_old_samples_stay()
    {
        await ConnectedAsync();
        await _edge.MetaAsync();
        await _edge.SendAsync(1, 100);
        await UntilAsync("the watermark", () => _edge.UpTo == 100);

        _edge.Epoch = 2;
        await _edge.SendAsync(1, 30);
        await UntilAsync("the new watermark", () => _edge.Stored is { Epoch: "0000000000000002", UpTo: 30 });

        Assert.Equal(130, Values().Count);
    }

    [Fact]
    public async Task A_late_message_of_the_old_numbering_does_not_bring_it_back()
    {
        await ConnectedAsync();
        await _edge.MetaAsync();
        await _edge.SendAsync(1, 10);
        _edge.Epoch = 2;
        await _edge.SendAsync(1, 10);
        _edge.Epoch = 1;
        await _edge.SendAsync(11, 20);

        await UntilAsync("all samples", () => _historian.Status.SamplesStored == 30);
        await UntilAsync("the watermark", () => _edge.Stored is { Epoch: "0000000000000002", UpTo: 10 });
    }

    [Fact]
    public async Task An_edge_that_has_not_heard_of_the_watermark_is_told_again()
    {
        await ConnectedAsync();
        await _edge.MetaAsync();
        await _edge.SendAsync(1, 100);
        await UntilAsync("the watermark", () => _edge.UpTo == 100);

        // A broker without persistence forgets what it retained when it starts again.
        await _broker.DisposeAsync();
        _broker = NewBroker();
        await _broker.StartAsync();
        await using var edge = new ModelEdge(_port);
        await UntilAsync("the historian to find the broker", () => _historian.Status.Connected);
        await edge.ConnectAsync(Cancellation);

        await UntilAsync("the watermark", () => edge.UpTo == 100, () => edge.HeadAsync(1, 101, flush: false));
    }

    [Fact]
    public async Task Nonsense_is_counted_and_harms_nothing()
    {
        await ConnectedAsync();
        await _edge.MetaAsync();
        await _edge.NonsenseAsync("plc/telemetry", [1, 2, 3]);
        await _edge.NonsenseAsync("plc/meta", Encoding.UTF8.GetBytes("{\"planHash\":\"zz\",\"signals\":[]}"));
        await _edge.NonsenseAsync("head", Encoding.UTF8.GetBytes("{\"streams\":null}"));
        await _edge.NonsenseAsync("head", Encoding.UTF8.GetBytes("{\"streams\":[{\"stream\":\"plc\",\"epoch\":\"1\",\"oldest\":1,\"next\":-4,\"willSend\":[],\"flush\":true}]}"));
        await _edge.NonsenseAsync("head", [0xFF]);
        await _edge.SendAsync(1, 100);

        await UntilAsync("the watermark", () => _edge.UpTo == 100);

        Assert.Equal(5, _historian.Status.MessagesUnreadable);
        Assert.True(_historian.Status.Connected);
    }

    [Fact]
    public async Task A_stop_waits_for_nobody()
    {
        await ConnectedAsync();
        var since = Stopwatch.GetTimestamp();

        await _historian.StopAsync(Cancellation);

        Assert.InRange(Stopwatch.GetElapsedTime(since), TimeSpan.Zero, TimeSpan.FromSeconds(2.5));
        Assert.False(_historian.Status.Connected);
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private EmbeddedBroker NewBroker() => new(new EmbeddedBrokerOptions { Port = _port }, _folder);

    private HistorianService NewHistorian() => new(
        "h1",
        new HistorianOptions { Store = StoreKind.Embedded, Streams = ["la-roche/+/plc"] },
        _folder,
        () => new MqttClientOptionsBuilder().WithTcpServer("127.0.0.1", _port).WithClientId("h1").WithCleanSession().Build(),
        _clock,
        NullLogger<HistorianService>.Instance);

    private string File() => Path.Combine(_folder, "historian-h1.db");

    private List<double> Values()
    {
        using var reader = EmbeddedReader.Open(File());
        return [.. reader.Read(reader.Signals().Single(), 0, long.MaxValue, 100_000).Select(sample => sample.AsDouble)];
    }

    private Task ConnectedAsync() => UntilAsync("the historian to connect", () => _historian.Status.Connected);

    private async Task UntilAsync(string what, Func<bool> holds, Func<Task>? meanwhile = null)
    {
        var since = Stopwatch.GetTimestamp();
        for (var turn = 0; !holds(); turn++)
        {
            Assert.True(Stopwatch.GetElapsedTime(since) < Deadline, $"waited {Deadline} in vain for {what}; the historian says: {_historian.Status.LastError}");
            _clock.Advance(TimeSpan.FromMilliseconds(100));
            if (meanwhile is not null && turn % 10 == 0)
            {
                await meanwhile();
            }

            await Task.Delay(TimeSpan.FromMilliseconds(10), TimeProvider.System, Cancellation);
        }
    }
}
