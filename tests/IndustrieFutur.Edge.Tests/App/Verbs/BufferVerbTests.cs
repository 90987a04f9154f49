using System.Text.Json.Nodes;
using IndustrieFutur.Edge.App;
using IndustrieFutur.Edge.App.Running;
using IndustrieFutur.Edge.Core.Sampling;
using IndustrieFutur.Edge.Northbound.Spool;
using IndustrieFutur.Edge.Protocols.Telemetry;
using IndustrieFutur.Edge.Tests.Northbound;
using IndustrieFutur.Edge.Tests.Northbound.Log;
using Microsoft.Extensions.Time.Testing;

namespace IndustrieFutur.Edge.Tests.App.Verbs;

/// <summary>What <c>ifedge buffer</c> says of a folder while a service writes it, of a damaged one, and of one that is none.</summary>
public sealed class BufferVerbTests : IDisposable
{
    private const long Second = 1_000_000_000;

    private readonly SpoolFolder _folder = new();

    private StreamSpool Stream => _folder.Spool.Streams[0];

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task What_is_confirmed_is_on_the_disk_and_waits_no_more()
    {
        Append(10);
        Confirm(4);

        var (code, output, error) = await BufferAsync("status", _folder.Data, "--json");

        Assert.Equal((0, ""), (code, error));
        var stream = JsonNode.Parse(output)!["streams"]![0]!;
        Assert.Equal(("plc", 6, 10, 11), ((string?)stream["device"], (int)stream["pending"]!, (int)stream["kept"]!, (int)stream["next"]!));
        Assert.Equal("1970-01-01T00:00:05.000000005Z", (string?)stream["oldest"]);
        Assert.Equal(StreamSpool.Hex(Stream.Epoch), (string?)stream["epoch"]);
    }

    [Fact]
    public async Task People_read_it_in_french_first()
    {
        Append(3);

        var (_, output, _) = await BufferAsync("status", _folder.Data);

        Assert.Contains("  plc                      en attente/waiting : 3, depuis/since 1970-01-01T00:00:01.000000001Z, sur le disque/on the disk : 3\n", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_export_has_what_waits_and_with_all_what_is_there()
    {
        Append(2);
        Stream.Enter();
        Stream.Append(new Sample(TestPlan.Text, 0, 0, 9 * Second, 0), "say \"a,b\""u8);
        Stream.Append(new Sample(TestPlan.Number, StatusCode.BadNoCommunication, 0, 9 * Second, 0), default);
        Stream.Exit();
        Confirm(1);

        var (code, output, error) = await BufferAsync("export", _folder.Data);
        var (_, all, _) = await BufferAsync("export", _folder.Data, "--all");

        string[] expected =
        [
            "device,signal,number,sourceTime,status,value",
            "plc,number,2,1970-01-01T00:00:02.000000002Z,Good,2.5",
            "plc,text,3,1970-01-01T00:00:09.000000000Z,Good,\"say \"\"a,b\"\"\"",
            "plc,number,4,1970-01-01T00:00:09.000000000Z,BadNoCommunication,",
        ];
        Assert.Equal(0, code);
        Assert.Equal(expected, output.TrimEnd('\n').Split('\n'));
        Assert.Equal(5, all.TrimEnd('\n').Split('\n').Length);
        Assert.StartsWith("échantillons exportés/samples exported : 3", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_damaged_file_is_told_and_the_rest_is_there()
    {
        for (var i = 0; i < 20; i++)
        {
            Append(50);
        }

        _folder.Spool.Close();
        var segment = Directory.GetFiles(Path.Combine(_folder.Data, "spool"), "*.seg").Single();
        var bytes = File.ReadAllBytes(segment);
        bytes[bytes.AsSpan().LastIndexOfAnyExcept((byte)0) / 2] ^= 8;
        File.WriteAllBytes(segment, bytes);

        var (code, output, _) = await BufferAsync("status", _folder.Data);

        Assert.Equal(1, code);
        Assert.Contains("ENDOMMAGÉ en 1 endroits", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_purged_waits_no_more_and_is_a_gap_and_dropped_in_the_ledger()
    {
        Append(10);
        Confirm(4);
        _folder.Spool.Close();

        var (refused, _, error) = await BufferAsync("purge", _folder.Data);
        var (code, output, _) = await BufferAsync("purge", _folder.Data, "--yes");

        Assert.Equal((7, 0, "échantillons abandonnés/samples given up : 6\n"), (refused, code, output));
        Assert.Contains("6 samples wait that a store may lack", error, StringComparison.Ordinal);
        using var scene = new SpoolFolder(_folder.Data);
        Assert.Equal((0L, 11ul, 4L, 6L), (scene.Spool.Pending, scene.Spool.Streams[0].Next, scene.Entry.Stored, scene.Entry.Dropped));
        var head = scene.Spool.Head().Streams[0];
        Assert.Equal([new SequenceRange(5, 10)], head.WillSend);
        Assert.Equal(StreamSpool.Hex(Stream.Epoch), head.Epoch);
    }

    [Fact]
    public void A_full_disk_can_be_purged_for_the_oldest_files_go_first()
    {
        Append(10);
        Confirm(4);
        _folder.Spool.Close();
        using (var second = new SpoolFolder(_folder.Data))
        {
            Append(second, 5);
            second.Spool.Close();
        }

        var disk = new FailingDisk(new FakeTimeProvider()) { Free = 0, DeleteFrees = 1 << 20 };
        var spool = Path.Combine(_folder.Data, "spool");
        var files = Directory.GetFiles(spool, "*.seg").Order().ToArray();

        Assert.Equal(11ul, SpoolCare.Purge(spool, device: null, disk));

        Assert.Equal(2, files.Length);
        Assert.Equal([false, true], files.Select(File.Exists));
        using var scene = new SpoolFolder(_folder.Data);
        Assert.Equal((0L, 16ul), (scene.Spool.Pending, scene.Spool.Streams[0].Next));
        Assert.Equal((15L, 4L, 11L), (scene.Entry.Spooled, scene.Entry.Stored, scene.Entry.Dropped));
        Assert.Equal([new SequenceRange(5, 15)], scene.Spool.Head().Streams[0].WillSend);
        Assert.True(scene.Entry.IsBalanced, $"{scene.Entry}");
    }

    [Fact]
    public void A_full_disk_whose_only_file_has_the_notes_keeps_it()
    {
        Append(10);
        _folder.Spool.Close();
        var disk = new FailingDisk(new FakeTimeProvider()) { Free = 0, DeleteFrees = 1 << 20 };

        var refused = Assert.Throws<IOException>(() => SpoolCare.Purge(Path.Combine(_folder.Data, "spool"), device: null, disk));

        Assert.Contains("is full", refused.Message, StringComparison.Ordinal);
        using var scene = new SpoolFolder(_folder.Data);
        Assert.Equal(10L, scene.Spool.Pending);
    }

    [Fact]
    public async Task What_is_replayed_is_sent_again_under_a_new_epoch()
    {
        Append(10);
        Confirm(10);
        _folder.Spool.Close();

        var (code, output, _) = await BufferAsync("replay", _folder.Data, "--device", "plc");

        Assert.Equal((0, "échantillons à renvoyer au prochain démarrage/samples to be sent again at the next start : 10\n"), (code, output));
        using var scene = new SpoolFolder(_folder.Data);
        Assert.Equal((10L, 11ul), (scene.Spool.Pending, scene.Spool.Streams[0].Next));
        Assert.NotEqual(Stream.Epoch, scene.Spool.Streams[0].Epoch);
        Assert.Equal((10L, 10L, 0L), (scene.Entry.Produced, scene.Entry.Spooled, scene.Entry.Stored));
        Assert.True(scene.Entry.IsBalanced, $"{scene.Entry}");
    }

    [Fact]
    public async Task A_folder_that_a_service_has_is_not_changed()
    {
        Append(3);
        using var held = DataDirectory.Own(_folder.Data);

        var (code, _, error) = await BufferAsync("replay", _folder.Data);

        Assert.Equal(7, code);
        Assert.Contains("uses the data folder", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_folder_without_a_spool_is_answered_with_what_to_do()
    {
        var (code, output, error) = await BufferAsync("status", Path.GetTempPath());

        Assert.Equal((1, ""), (code, output));
        Assert.Contains("it is made by the first \"ifedge run\"", error, StringComparison.Ordinal);
    }

    private static async Task<(int Code, string Output, string Error)> BufferAsync(params string[] args)
    {
        using var output = new StringWriter { NewLine = "\n" };
        using var error = new StringWriter { NewLine = "\n" };
        var code = await CommandLine.RunAsync(["buffer", .. args], output, error);
        return (code, output.ToString(), error.ToString());
    }

    private void Append(int count) => Append(_folder, count);

    private static void Append(SpoolFolder folder, int count)
    {
        var stream = folder.Spool.Streams[0];
        stream.Enter();
        for (var i = 0; i < count; i++)
        {
            var number = (long)stream.Next;
            folder.Ledger.Produced(TestPlan.Number);
            stream.Append(new Sample(TestPlan.Number, 0, BitConverter.DoubleToInt64Bits(number + 0.5), (number * Second) + number, 0), default);
        }

        stream.Exit();
        folder.Spool.Store();
    }

    private void Confirm(ulong upTo)
    {
        Stream.ApplyStored("h1", new("plc", StreamSpool.Hex(Stream.Epoch), upTo, [], []));
        _folder.Spool.Store();
    }
}
