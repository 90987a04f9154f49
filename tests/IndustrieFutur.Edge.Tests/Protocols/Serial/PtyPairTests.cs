using System.Diagnostics;
using System.Globalization;
using IndustrieFutur.Edge.Protocols.Links;
using IndustrieFutur.Edge.Protocols.Serial;

namespace IndustrieFutur.Edge.Tests.Protocols.Serial;

/// <summary>A simulator's end of a serial line: nobody there, somebody else, the plug pulled.</summary>
public sealed class PtyPairTests
{
    [Fact]
    public void A_master_without_anybody_at_the_other_end_waits_without_spinning_and_loses_what_it_says()
    {
        using var pair = new PtyPair();
        var buffer = new byte[16];
        var since = Stopwatch.GetTimestamp();
        var busyBefore = BusyNanosOfThisThread();

        pair.Master.Write("nobody hears this"u8);
        var count = pair.Master.Read(buffer, SerialLine.In(1));

        var busyNanos = BusyNanosOfThisThread() - busyBefore;
        Assert.Equal(0, count);
        Assert.InRange(Stopwatch.GetElapsedTime(since), TimeSpan.FromSeconds(0.9), TimeSpan.FromSeconds(5));
        Assert.InRange(busyNanos, 0, 200_000_000);
        using var link = SerialLine.Open(pair.SlavePath, SerialImplementation.Posix);
        Assert.Equal(0, link.Read(buffer, SerialLine.In(0.1)));
    }

    [Fact]
    public void A_master_hears_whoever_comes_next()
    {
        using var pair = new PtyPair();

        for (var i = 0; i < 3; i++)
        {
            using var link = SerialLine.Open(pair.SlavePath, SerialImplementation.Posix);
            link.Write("here"u8);
            Assert.Equal("here"u8, SerialLine.ReadExactly(pair.Master, 4));
        }
    }

    [Fact]
    public async Task A_reader_of_the_master_ends_when_another_thread_pulls_the_plug()
    {
        using var pair = new PtyPair();
        var reading = Task.Run(
            () => Assert.Throws<LinkBrokenException>(() => pair.Master.Read(new byte[16], SerialLine.In(20))),
            TestContext.Current.CancellationToken);

        pair.Dispose();
        var broken = await reading.WaitAsync(TimeSpan.FromSeconds(5), TestContext.Current.CancellationToken);

        Assert.Contains("pulled away", broken.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_link_left_behind_is_replaced_and_a_real_file_is_not()
    {
        var path = SerialLine.TemporaryPath("left");
        File.CreateSymbolicLink(path, "/dev/pts/nowhere");
        using (var pair = new PtyPair(path))
        {
            Assert.Equal(pair.DevicePath, new FileInfo(path).LinkTarget);
        }

        Assert.False(File.Exists(path));
        File.WriteAllText(path, "mine");
        try
        {
            Assert.Throws<LinkBrokenException>(() => new PtyPair(path));

            Assert.Equal("mine", File.ReadAllText(path));
        }
        finally
        {
            File.Delete(path);
        }
    }

    /// <summary>Only this thread's: the tests beside are busy too.</summary>
    private static long BusyNanosOfThisThread() =>
        long.Parse(File.ReadAllText("/proc/thread-self/schedstat").Split(' ')[0], CultureInfo.InvariantCulture);

    [Fact]
    public void A_name_in_no_folder_is_refused_in_words()
    {
        var refused = Assert.Throws<LinkBrokenException>(() => new PtyPair("/nonexist/x"));

        Assert.Contains("cannot be given the name /nonexist/x", refused.Message, StringComparison.Ordinal);
    }
}
