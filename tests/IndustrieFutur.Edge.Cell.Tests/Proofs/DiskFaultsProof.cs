using System.Globalization;
using IndustrieFutur.Edge.Cell.Tests.Servers;

namespace IndustrieFutur.Edge.Cell.Tests.Proofs;

/// <summary>
/// The spool's disk full and read-only, the broker away: the service stays up and says what is wrong,
/// what is lost is exactly what the gap rows say, and all is well again without a restart.
/// </summary>
public sealed class DiskFaultsProof
{
    private const string DiskIsWell = "takes samples again";

    private static int Rounds => Proof.Length(3, 1);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    [Trait("Proof", "disk-faults")]
    public async Task What_a_disk_does_to_the_spool_is_told_in_words_and_in_gap_rows_exactly()
    {
        await using var mosquitto = await Mosquitto.StartProcessAsync(Cancellation);
        var (produced, lost) = (0L, 0L);
        for (var seed = 1; seed <= Rounds; seed++)
        {
            var random = new Random(seed);
            var verdict = await RunAsync(mosquitto, random, seed);
            (produced, lost) = (produced + verdict.Produced, lost + verdict.Lost);
        }

        Assert.True(lost > 0 == Proof.IsWhole, $"{lost} lost: the disk did too little, or too much");
        Proof.Say(string.Create(
            CultureInfo.InvariantCulture,
            $"{Rounds} rounds of a disk full and read-only: {produced} samples, {produced - lost} in the store, {lost} in gap rows, none elsewhere, doubled or wrong; the service never ended"));
    }

    private static async Task<DiskFaultsVerdict> RunAsync(Mosquitto mosquitto, Random random, int seed)
    {
        // A segment takes a quarter of a minute to fill; in the brief form the disk is full from the beginning, and nothing is lost to that.
        using var cell = new DiskFaultsCell(mosquitto.Port, !Proof.IsWhole, Cancellation);
        try
        {
            await cell.FlowsAsync();
            await RefusingDiskAsync(cell, mosquitto, random);
            await cell.FlowsAsync();
            return await cell.JudgeAsync();
        }
        catch (Exception cause) when (cause is not OperationCanceledException)
        {
            throw new InvalidOperationException($"seed {seed}: {cause.Message} The service said: {cell.Said}", cause);
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
}
