using IndustrieFutur.Edge.Northbound.Spool;
using IndustrieFutur.Edge.Protocols.Telemetry;

namespace IndustrieFutur.Edge.Tests.Northbound;

/// <summary>Both policies over one small disk: who keeps the oldest loses none of them to the other stream, and every number is stored or in a gap.</summary>
public sealed class DropOnDiskTests
{
    private const int Newest = 0;
    private const int Oldest = 1;

    [Fact]
    public void A_full_share_refuses_what_comes_in_one_gap_and_the_others_go_on()
    {
        using var scene = new TwoStreamScene();
        for (var i = 0; i < 300; i++)
        {
            scene.Append(Newest, 2_000);
            scene.Append(Oldest, 2_000);
            scene.Spool.Store();
        }

        Assert.InRange(scene.Spool.BytesOnDisk, 1, 17L << 20);
        scene.Converge();

        var (first, last) = (scene.Entry(Newest), scene.Entry(Oldest));
        Assert.True(first.Stored is > 150_000 and < 250_000, $"{first}");
        Assert.Equal([new SequenceRange((ulong)first.Stored + 1, 600_000)], scene.Historians[Newest][0].Gaps.Ranges);
        Assert.Equal((600_000, 600_000), (first.Stored + first.Dropped, last.Stored + last.Dropped));
        Assert.True(last.Stored > 100_000 && scene.Historians[Oldest][0].Numbers.ContainsKey(600_000), $"{last}");
        scene.Judge("");
    }

    [Fact]
    public void When_its_share_has_drained_the_stream_takes_new_ones_again()
    {
        using var scene = new TwoStreamScene();
        scene.AppendInTime(Newest, 400_000);
        scene.Converge();
        scene.AppendInTime(Newest, 1_000);
        scene.Converge();

        Assert.True(scene.Historians[Newest][0].Numbers.ContainsKey(401_000));
        Assert.Equal(1L, scene.Historians[Newest][0].Gaps.Ranges.Count);
        scene.Judge("");
    }

    [Fact]
    public void A_kill_while_it_refuses_costs_nothing_that_it_kept_and_gives_no_number_twice()
    {
        using var scene = new TwoStreamScene();
        scene.AppendInTime(Newest, 400_000);
        var epoch = scene.Spool.Streams[Newest].Epoch;
        scene.Kill();
        Assert.Equal((epoch, 400_001ul), (scene.Spool.Streams[Newest].Epoch, scene.Spool.Streams[Newest].Next));

        scene.AppendInTime(Newest, 10_000);
        scene.Kill();
        Assert.Equal(0ul, scene.Opening.LostNumbers);
        scene.Converge();
        Assert.Equal([new SequenceRange((ulong)scene.Entry(Newest).Stored + 1, 410_000)], scene.Historians[Newest][0].Gaps.Ranges);
        scene.Judge("");
    }

    [Fact]
    public void A_disk_that_fails_while_room_is_made_costs_nothing_that_is_kept()
    {
        using var scene = new TwoStreamScene();
        scene.AppendInTime(Newest, 100_000);
        scene.AppendInTime(Oldest, 250_000);
        scene.Disk.WriteFails = new IOException("Input/output error", 5);
        scene.AppendInTime(Oldest, 150_000);
        scene.Mend();
        scene.AppendInTime(Oldest, 400_000);
        scene.Converge();

        Assert.Equal(100_000, scene.Entry(Newest).Stored);
        Assert.True(scene.Entry(Oldest).Dropped > 0);
        scene.Judge("");
    }

    [Fact]
    public void A_smaller_segment_that_a_kill_left_half_written_is_taken_away()
    {
        using var scene = new TwoStreamScene();
        scene.AppendInTime(Newest, 10_000);
        File.WriteAllText(Path.Combine(scene.Folder, "0000000001.seg.new"), "half");
        File.WriteAllText(Path.Combine(scene.Folder, "mine.new"), "another's");
        scene.Kill();

        Assert.Equal(["mine.new"], Directory.GetFiles(scene.Folder, "*.new").Select(Path.GetFileName));
        scene.Converge();
        scene.Judge("");
    }

    [Fact]
    public void What_made_room_unheard_before_a_kill_is_counted_when_the_historian_has_spoken_also_while_others_are_pending()
    {
        using var scene = Unheard();
        for (var kills = 0; kills < 3; kills++)
        {
            scene.Kill();
            scene.Spool.Store();
            Assert.True(scene.Entry(Oldest) is { Stored: 0, DroppedOther: 0 }, $"{scene.Entry(Oldest)}");
            Assert.Equal(scene.Entry(Oldest), LedgerInspection.Read(scene.Folder).Signals.Single(signal => signal is { Device: "last", Signal: "number" }).Entry);
        }

        scene.Send(Oldest, 0, messages: int.MaxValue);
        scene.Talk();
        scene.Send(Oldest, 0, messages: int.MaxValue);
        scene.Append(Oldest, 300);
        scene.Talk();
        for (var left = 20; left > 0; left--)
        {
            scene.Spool.Store();
        }

        Assert.Equal((300, 3_000), (scene.Entry(Oldest).Pending, scene.Entry(Oldest).DroppedOther));
        scene.Converge();
        scene.Judge("");
    }

    [Fact]
    public void What_is_given_up_after_a_kill_is_dropped_and_what_made_room_unheard_before_it_is_still_asked_for()
    {
        using var scene = Unheard();
        var waiting = 0ul;
        scene.Kill(folder => waiting = SpoolCare.Purge(folder, "last"));
        scene.Converge();

        Assert.Equal((12_000, 3_000 + (long)waiting), (scene.Entry(Oldest).Stored, scene.Entry(Oldest).DroppedOther));
        scene.Judge("");
    }

    [Fact]
    public void What_a_sink_that_is_its_own_witness_had_not_confirmed_before_a_kill_is_dropped()
    {
        using var scene = new TwoStreamScene(samplesInMemory: 65_536, hasWitness: true);
        scene.AppendInTime(Oldest, 20_000);
        scene.Send(Oldest, 0, messages: 20);
        scene.Send(Oldest, 1, messages: 12);
        scene.Send(Oldest, 1, messages: 1, arrives: false, isAcknowledged: null);
        scene.AppendInTime(Oldest, 500_000);
        Assert.True(scene.Spool.Streams[Oldest].Oldest > 20_000);
        scene.Kill();
        scene.Converge();

        Assert.Equal(1_000, scene.Entry(Oldest).DroppedOther);
        Assert.True(scene.Historians[Oldest][0].Numbers.ContainsKey(12_500));
        scene.Judge("");
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Whatever_is_lost_or_killed_both_policies_balance_at_two_sinks(bool isKilled)
    {
        var dropped = new long[2];
        for (var seed = 1; seed <= 3; seed++)
        {
            Storm(seed, isKilled, dropped);
        }

        // Else the storms would show nothing.
        Assert.All(dropped, count => Assert.InRange(count, 1_000, long.MaxValue));
    }

    /// <summary>12,000 samples that arrived, 3,000 that did not, and all of them made room before anybody spoke of them.</summary>
    private static TwoStreamScene Unheard()
    {
        var scene = new TwoStreamScene(samplesInMemory: 65_536);
        scene.AppendInTime(Oldest, 20_000);
        scene.Send(Oldest, 0, messages: 12);
        scene.Send(Oldest, 0, messages: 3, arrives: false);
        scene.AppendInTime(Oldest, 500_000);
        Assert.True(scene.Spool.Streams[Oldest].Oldest > 20_000);
        Assert.Equal(0, scene.Entry(Oldest).Stored);
        return scene;
    }

    private static void Storm(int seed, bool isKilled, long[] dropped)
    {
        // As many numbers that made room unheard are remembered as memory holds samples.
        using var scene = new TwoStreamScene(sinks: 2, samplesInMemory: 262_144);
        var random = new Random(seed);
        for (var step = 0; step < 150; step++)
        {
            scene.AppendInTime(Newest, random.Next(0, 8_000));
            scene.AppendInTime(Oldest, random.Next(0, 8_000));
            for (var left = step % 75 > 60 ? 30 : random.Next(2); left > 0; left--)
            {
                scene.SendSome(random);
            }

            if (random.Next(3) == 0)
            {
                scene.Talk();
            }

            if (isKilled && random.Next(25) == 0)
            {
                if (random.Next(2) == 0)
                {
                    scene.Spool.Store();
                }

                scene.Kill();
            }
        }

        scene.Spool.Store();
        scene.Converge();
        scene.Judge($"seed {seed}: ");
        dropped[Newest] += scene.Entry(Newest).Dropped;
        dropped[Oldest] += scene.Entry(Oldest).Dropped;
    }
}
