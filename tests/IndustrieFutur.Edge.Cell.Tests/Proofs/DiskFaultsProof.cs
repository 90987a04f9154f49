using System.Globalization;
using IndustrieFutur.Edge.Cell.Tests.Servers;

namespace IndustrieFutur.Edge.Cell.Tests.Proofs;

/// <summary>
/// The spool's disk full, read-only, and giving back other bytes than were written, the broker away: the service stays up and says what is wrong,
/// what is lost is exactly what the gap rows say, and all is well again without a restart.
/// </summary>
public sealed class DiskFaultsProof
{
    private const string DiskIsWell = "takes samples again";

    /// <summary>The end of the newest file is left whole: what only that held nobody can count. An orderly stop's last word with all notes takes half of it.</summary>
    private const int EndBytes = 16_384;

    private static int Rounds => Proof.Length(3, 1);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    [Trait("Proof", "disk-faults")]
    public async Task What_a_disk_does_to_the_spool_is_told_in_words_and_in_gap_rows_exactly()
    {
        await using var mosquitto = await Mosquitto.StartProcessAsync(Cancellation);
        var (produced, lost, damaged) = (0L, 0L, 0L);
        for (var seed = 1; seed <= Rounds; seed++)
        {
            var random = new Random(seed);
            foreach (var scene in new Func<DiskFaultsCell, Mosquitto, Random, Task>[] { RefusingDiskAsync, LyingDiskAsync })
            {
                var verdict = await RunAsync(scene, mosquitto, random, seed);
                (produced, lost, damaged) = (produced + verdict.Produced, lost + verdict.Lost, damaged + verdict.Damaged);
            }
        }

        Assert.True(damaged > 0 && (lost > damaged || !Proof.IsWhole), $"{lost} lost, {damaged} of them damaged: the disk did too little");
        Proof.Say(string.Create(
            CultureInfo.InvariantCulture,
            $"{Rounds} rounds of a disk full, read-only, with flipped bytes, cut and deleted segments: {produced} samples, {produced - lost} in the store, {lost} in gap rows ({damaged} damaged), none elsewhere, doubled or wrong; the service never ended"));
    }

    private static async Task<DiskFaultsVerdict> RunAsync(Func<DiskFaultsCell, Mosquitto, Random, Task> scene, Mosquitto mosquitto, Random random, int seed)
    {
        // A segment takes a quarter of a minute to fill; in the brief form the disk is full from the beginning, and nothing is lost to that.
        using var cell = new DiskFaultsCell(mosquitto.Port, scene == RefusingDiskAsync && !Proof.IsWhole, Cancellation);
        try
        {
            await cell.FlowsAsync();
            await scene(cell, mosquitto, random);
            await cell.FlowsAsync();
            return await cell.JudgeAsync();
        }
        catch (Exception cause) when (cause is not OperationCanceledException)
        {
            throw new InvalidOperationException($"seed {seed}, {scene.Method.Name}: {cause.Message} The service said: {cell.Said}", cause);
        }
    }

    /// <summary>Full, past what memory holds, then read-only under open files; each over by itself when the disk is well.</summary>
    private static async Task RefusingDiskAsync(DiskFaultsCell cell, Mosquitto mosquitto, Random random)
    {
        mosquitto.Kill();
        await cell.ReadAsync(random.Next(10_000, 50_000));
        cell.Disk.FillUp();
        await cell.TellsAsync("is full");
        if (Proof.IsWhole)
        {
            await cell.DropsAsync();
        }

        await cell.ReadAsync(5_000);
        cell.Disk.MakeRoom();
        await cell.TellsAsync("is full", isTold: false);
        await cell.ReadAsync(random.Next(10_000, 50_000));

        cell.Disk.BecomeReadOnly();
        await cell.TellsAsync("is read-only");
        await cell.ReadAsync(random.Next(5_000, 50_000));
        await Until.TrueAsync("the disk to be free", TimeSpan.FromSeconds(20), cell.Disk.TryMend, Cancellation);
        await cell.TellsAsync("is read-only", isTold: false);
        await cell.ReadAsync(random.Next(10_000, 50_000));
        await cell.IsOnDiskAsync();

        // While the disk was out the service may have begun a file in the folder below it, which vanished under the disk: that is told too.
        Assert.InRange(cell.Said.Split(DiskIsWell).Length - 1, 2, 4);
        await mosquitto.RestartAsync(Cancellation);
    }

    /// <summary>Bytes flipped under the running service and under the dead one, and what else may befall files.</summary>
    private static async Task LyingDiskAsync(DiskFaultsCell cell, Mosquitto mosquitto, Random random)
    {
        mosquitto.Kill();
        await cell.ReadAsync(Proof.Length(400_000, 50_000));
        Spoil(cell, random);
        await mosquitto.RestartAsync(Cancellation);
        await cell.TellsAsync("damaged");
        await cell.FlowsAsync();

        mosquitto.Kill();
        await cell.ReadAsync(Proof.Length(400_000, 50_000));
        await cell.RestartAsync(() => Spoil(cell, random));
        await mosquitto.RestartAsync(Cancellation);
    }

    /// <summary>A few bytes of each segment; one of those that are full is cut, or deleted.</summary>
    private static void Spoil(DiskFaultsCell cell, Random random)
    {
        var segments = cell.Segments;
        foreach (var path in segments)
        {
            Flip(path, random);
        }

        if (segments.Length > 2)
        {
            var victim = segments[random.Next(segments.Length - 1)];
            if (random.Next(2) == 0)
            {
                File.Delete(victim);
            }
            else
            {
                using var file = File.Open(victim, FileMode.Open, FileAccess.Write, FileShare.ReadWrite);
                file.SetLength(random.NextInt64(file.Length));
            }
        }
    }

    /// <summary>In place, where something was written: bits, words, and whole stretches.</summary>
    private static void Flip(string path, Random random)
    {
        using var file = new FileStream(path, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite | FileShare.Delete);
        var bytes = new byte[file.Length];
        file.ReadExactly(bytes);
        var used = bytes.AsSpan().LastIndexOfAnyExcept((byte)0) - EndBytes;
        for (var flips = used > 0 ? random.Next(2, 6) : 0; flips > 0; flips--)
        {
            var at = random.Next(used);
            var spoilt = new byte[Math.Min(random.Next(3) == 0 ? 200 : 1, used - at)];
            random.NextBytes(spoilt);
            for (var i = 0; i < spoilt.Length; i++)
            {
                spoilt[i] = (byte)(bytes[at + i] ^ (spoilt[i] | 1));
            }

            file.Position = at;
            file.Write(spoilt);
        }
    }
}
