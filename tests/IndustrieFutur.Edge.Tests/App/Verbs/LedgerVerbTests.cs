using System.Text.Json.Nodes;
using IndustrieFutur.Edge.App;
using IndustrieFutur.Edge.App.Running;
using IndustrieFutur.Edge.Core.Sampling;
using IndustrieFutur.Edge.Northbound.Spool;
using IndustrieFutur.Edge.Tests.Northbound;

namespace IndustrieFutur.Edge.Tests.App.Verbs;

/// <summary>What <c>ifedge ledger</c> says of a data folder: of one that is well, of a killed service's, of a damaged one.</summary>
public sealed class LedgerVerbTests : IDisposable
{
    private const long Second = 1_000_000_000;

    private readonly SpoolFolder _folder = new();

    private StreamSpool Stream => _folder.Spool.Streams[0];

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task What_was_produced_is_found_again_in_its_columns()
    {
        Append(10);
        Confirm(4);
        _folder.Ledger.Produced(TestPlan.Number);
        _folder.Ledger.FilteredDeadband(TestPlan.Number);
        Append(1);

        var (code, ledger) = await VerifyAsync();

        Assert.Equal((0, true, false, "folder"), (code, (bool)ledger["balanced"]!, (bool)ledger["settled"]!, (string?)ledger["from"]));
        var number = ledger["signals"]!["plc/number"]!;
        Assert.Equal((12, 1, 11, 4, 7), ((int)number["produced"]!, (int)number["filteredBy"]!["deadband"]!, (int)number["spooled"]!, (int)number["stored"]!, (int)number["pending"]!));
        var stream = ledger["streams"]![0]!;
        Assert.Equal((5, 12, StreamSpool.Hex(Stream.Epoch)), ((int)stream["oldest"]!, (int)stream["next"]!, (string?)stream["epoch"]));
    }

    [Fact]
    public async Task What_only_memory_had_at_a_kill_is_on_the_way_and_the_sums_hold()
    {
        Append(10);
        Accept(3);

        // The commit has the counters of then, and the samples that are in the log.
        Append(0);
        Accept(2);
        var (code, ledger) = await VerifyAsync();

        Assert.Equal((0, true), (code, (bool)ledger["balanced"]!));
        var number = ledger["signals"]!["plc/number"]!;
        Assert.Equal((13, 13, 13), ((int)number["produced"]!, (int)number["spooled"]!, (int)number["pending"]!));
    }

    [Fact]
    public async Task A_damaged_record_is_named_with_its_stream_and_count()
    {
        Append(4);
        Append(4);
        Append(4);
        var segment = Directory.GetFiles(Path.Combine(_folder.Data, "spool"), "*.seg").Single();
        var bytes = File.ReadAllBytes(segment);
        var middle = Find(bytes, BitConverter.GetBytes(BitConverter.DoubleToInt64Bits(6.5)));
        bytes[middle] ^= 8;
        File.WriteAllBytes(segment, bytes);

        var (code, ledger) = await VerifyAsync();

        Assert.Equal((1, false), (code, (bool)ledger["balanced"]!));
        var finding = Assert.Single(ledger["findings"]!.AsArray())!;
        Assert.Equal(("damaged", "plc", 4), ((string?)finding["kind"], (string?)finding["device"], (int)finding["count"]!));
    }

    [Fact]
    public async Task People_read_it_in_french_first()
    {
        Append(3);

        var (code, output, _) = await LedgerAsync("show", _folder.Data);

        Assert.Equal(0, code);
        Assert.Contains("en attente/", output.Replace("en attente\n", "en attente/", StringComparison.Ordinal), StringComparison.Ordinal);
        Assert.Contains("équilibré/balanced : 3 = 0 + 0 + 0 + 3, 3 = 0 + 0 + 3\n", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_folder_that_a_service_works_in_is_told_as_such()
    {
        Append(3);
        var (_, alone, _) = await LedgerAsync("show", _folder.Data);
        using (DataDirectory.Own(_folder.Data))
        {
            var (code, beside, _) = await LedgerAsync("show", _folder.Data);

            Assert.Equal(0, code);
            Assert.Contains("a service works in this folder", beside, StringComparison.Ordinal);
            Assert.Contains("ifedge ledger show FILE", beside, StringComparison.Ordinal);
            Assert.DoesNotContain("no service answers", beside, StringComparison.Ordinal);
        }

        // Its process lives, and has let go of the folder.
        var (_, after, _) = await LedgerAsync("show", _folder.Data);
        Assert.Contains("no service answers", alone, StringComparison.Ordinal);
        Assert.Equal(alone, after);
    }

    [Fact]
    public async Task A_folder_says_nothing_of_stores_and_one_without_a_spool_nothing_at_all()
    {
        var (usage, _, asked) = await LedgerAsync("verify", _folder.Data, "--store");
        var (none, _, error) = await LedgerAsync("verify", Path.GetTempPath());

        Assert.Equal((2, 1), (usage, none));
        Assert.Contains("name the configuration instead", asked, StringComparison.Ordinal);
        Assert.Contains("it is made by the first \"ifedge run\"", error, StringComparison.Ordinal);
    }

    private static int Find(byte[] bytes, byte[] wanted) => bytes.AsSpan().IndexOf(wanted);

    private static async Task<(int Code, string Output, string Error)> LedgerAsync(params string[] args)
    {
        using var output = new StringWriter { NewLine = "\n" };
        using var error = new StringWriter { NewLine = "\n" };
        var code = await CommandLine.RunAsync(["ledger", .. args], output, error);
        return (code, output.ToString(), error.ToString());
    }

    private async Task<(int Code, JsonNode Ledger)> VerifyAsync()
    {
        var (code, output, _) = await LedgerAsync("verify", _folder.Data, "--json");
        return (code, JsonNode.Parse(output)!);
    }

    private void Append(int count)
    {
        Accept(count);
        _folder.Spool.Store();
    }

    private void Accept(int count)
    {
        Stream.Enter();
        for (var i = 0; i < count; i++)
        {
            var number = (long)Stream.Next;
            _folder.Ledger.Produced(TestPlan.Number);
            Stream.Append(new Sample(TestPlan.Number, 0, BitConverter.DoubleToInt64Bits(number + 0.5), number * Second, 0), default);
        }

        Stream.Exit();
    }

    private void Confirm(ulong upTo)
    {
        Stream.ApplyStored("h1", new("plc", StreamSpool.Hex(Stream.Epoch), upTo, [], []));
        _folder.Spool.Store();
    }
}
