using System.Diagnostics;
using IndustrieFutur.Edge.Protocols.Links;
using IndustrieFutur.Edge.Protocols.Serial;
using IndustrieFutur.Edge.Tests.House;

namespace IndustrieFutur.Edge.Tests.Protocols.Serial;

/// <summary>Serial lines over pseudo-terminals, both implementations: bytes, locks, unplugging and return.</summary>
public sealed class SerialLinkTests
{
    [Theory]
    [InlineData(SerialImplementation.Posix)]
    [InlineData(SerialImplementation.Portable)]
    public void Every_byte_passes_unchanged_both_ways(SerialImplementation implementation)
    {
        var all = Enumerable.Range(0, 256).Select(value => (byte)value).ToArray();
        using var pair = new PtyPair();
        using var link = SerialLine.Open(pair.SlavePath, implementation);

        link.Write(all);
        var outward = SerialLine.ReadExactly(pair.Master, all.Length);
        pair.Master.Write(all);
        var inward = SerialLine.ReadExactly(link, all.Length);

        Assert.Equal(all, outward);
        Assert.Equal(all, inward);
    }

    [Theory]
    [InlineData(SerialImplementation.Posix)]
    [InlineData(SerialImplementation.Portable)]
    public void A_read_ends_at_its_deadline_without_bytes(SerialImplementation implementation)
    {
        using var pair = new PtyPair();
        using var link = SerialLine.Open(pair.SlavePath, implementation);
        var buffer = new byte[16];
        var deadline = SerialLine.In(0.2);

        var count = link.Read(buffer, deadline);

        Assert.Equal(0, count);
        Assert.InRange(LinkClock.NowNanos() - deadline, 0, 1_000_000_000);
    }

    [Theory]
    [InlineData(SerialImplementation.Posix)]
    [InlineData(SerialImplementation.Portable)]
    public void What_was_not_read_can_be_thrown_away(SerialImplementation implementation)
    {
        using var pair = new PtyPair();
        using var link = SerialLine.Open(pair.SlavePath, implementation);
        pair.Master.Write("late"u8);
        var first = SerialLine.ReadExactly(link, 1);

        link.DiscardInput();
        pair.Master.Write("new"u8);
        var rest = SerialLine.ReadExactly(link, 3);

        Assert.Equal("l"u8, first);
        Assert.Equal("new"u8, rest);
    }

    [Theory]
    [InlineData(SerialImplementation.Posix, SerialImplementation.Posix)]
    [InlineData(SerialImplementation.Portable, SerialImplementation.Posix)]
    [InlineData(SerialImplementation.Posix, SerialImplementation.Portable)]
    public void A_port_in_use_is_refused_in_plain_words(SerialImplementation first, SerialImplementation second)
    {
        using var pair = new PtyPair();
        using var link = SerialLine.Open(pair.SlavePath, first);

        var refused = Assert.Throws<LinkBrokenException>(() => SerialLine.Open(pair.SlavePath, second));

        Assert.Contains(pair.SlavePath, refused.Message, StringComparison.Ordinal);
        Assert.Contains("in use by another program", refused.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(SerialImplementation.Posix)]
    [InlineData(SerialImplementation.Portable)]
    public void A_port_that_is_not_there_is_refused_with_the_ports_that_are(SerialImplementation implementation)
    {
        var refused = Assert.Throws<LinkBrokenException>(() => SerialLine.Open("/dev/ttyNowhere7", implementation));

        Assert.Contains("There is no port /dev/ttyNowhere7", refused.Message, StringComparison.Ordinal);
        Assert.Matches("The ports are: |This machine has no serial port", refused.Message);
    }

    [Fact]
    public void A_file_that_is_no_port_is_refused_as_such()
    {
        var path = SerialLine.TemporaryPath("file");
        File.WriteAllText(path, "no port");
        try
        {
            var refused = Assert.Throws<LinkBrokenException>(() => SerialLine.Open(path, SerialImplementation.Posix));

            Assert.Contains($"{path} is no serial port", refused.Message, StringComparison.Ordinal);
        }
        finally
        {
            File.Delete(path);
        }
    }

    [Theory]
    [InlineData(SerialImplementation.Posix)]
    [InlineData(SerialImplementation.Portable)]
    public void Rs485_on_a_port_without_it_is_refused_and_the_port_is_free_again(SerialImplementation implementation)
    {
        using var pair = new PtyPair();

        var refused = Assert.Throws<LinkBrokenException>(
            () => SerialLine.Open(pair.SlavePath, implementation, new Rs485Settings()));

        Assert.Contains("not supported by this port", refused.Message, StringComparison.Ordinal);
        using var withoutIt = SerialLine.Open(pair.SlavePath, implementation, new Rs485Settings { Enabled = false });
    }

    [Fact]
    public void Rs485_settings_reach_the_kernel_in_its_own_form()
    {
        var packed = Rs485Flags.Pack(new Rs485Settings
        {
            Enabled = true,
            RtsOnSend = true,
            RtsAfterSend = true,
            RxDuringTx = true,
            TerminateBus = true,
            DelayBeforeSendMillis = 3,
            DelayAfterSendMillis = 4,
        });

        Assert.Equal(0b11_0111u, packed.Flags);
        Assert.Equal(3u, packed.DelayBeforeSendMillis);
        Assert.Equal(4u, packed.DelayAfterSendMillis);
        Assert.Equal(32, System.Runtime.CompilerServices.Unsafe.SizeOf<Libc.SerialRs485>());
    }

    [Theory]
    [InlineData(SerialImplementation.Posix)]
    [InlineData(SerialImplementation.Portable)]
    public async Task A_cable_pulled_out_is_noticed_within_two_seconds(SerialImplementation implementation)
    {
        var pair = new PtyPair();
        using var link = SerialLine.Open(pair.SlavePath, implementation);
        var reading = Task.Run(() => ReadUntilBroken(link), TestContext.Current.CancellationToken);

        var since = Stopwatch.GetTimestamp();
        pair.Dispose();
        var broken = await reading.WaitAsync(TimeSpan.FromSeconds(5), TestContext.Current.CancellationToken);

        Assert.InRange(Stopwatch.GetElapsedTime(since), TimeSpan.Zero, TimeSpan.FromSeconds(2));
        Assert.Contains("is gone", broken.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(SerialImplementation.Posix)]
    [InlineData(SerialImplementation.Portable)]
    public async Task A_device_whose_descriptor_stays_open_and_silent_is_noticed_by_its_name(SerialImplementation implementation)
    {
        var path = SerialLine.TemporaryPath("silent");
        using var pair = new PtyPair(path);
        using var link = SerialLine.Open(path, implementation);
        var reading = Task.Run(() => ReadUntilBroken(link), TestContext.Current.CancellationToken);

        var since = Stopwatch.GetTimestamp();
        File.Delete(path);
        var broken = await reading.WaitAsync(TimeSpan.FromSeconds(5), TestContext.Current.CancellationToken);

        Assert.InRange(Stopwatch.GetElapsedTime(since), TimeSpan.Zero, TimeSpan.FromSeconds(2));
        Assert.Contains("its device file is no longer there", broken.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_name_that_leads_to_another_device_breaks_the_link_to_the_first()
    {
        var path = SerialLine.TemporaryPath("moved");
        using var first = new PtyPair(path);
        using var link = SerialLine.Open(path, SerialImplementation.Posix);
        var reading = Task.Run(() => ReadUntilBroken(link), TestContext.Current.CancellationToken);

        using var second = new PtyPair(path);
        var broken = await reading.WaitAsync(TimeSpan.FromSeconds(5), TestContext.Current.CancellationToken);

        Assert.Contains("leads to another device", broken.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(SerialImplementation.Posix)]
    [InlineData(SerialImplementation.Portable)]
    public void A_port_that_comes_back_under_its_name_speaks_again_twenty_times_and_leaves_no_descriptor(
        SerialImplementation implementation)
    {
        const int Times = 20;
        var path = SerialLine.TemporaryPath("back");
        PlugInAndOut(path, implementation);
        var before = DescriptorsOfTerminals();

        for (var i = 0; i < Times; i++)
        {
            PlugInAndOut(path, implementation);
        }

        // SerialPort's own loop may hold a descriptor for a moment after its end.
        Assert.True(
            SpinWait.SpinUntil(() => DescriptorsOfTerminals() <= before, TimeSpan.FromSeconds(5)),
            $"{DescriptorsOfTerminals()} descriptors of terminals are open, {before} were");
        Assert.False(File.Exists(path));
    }

    [Fact]
    public void The_posix_link_allocates_nothing()
    {
        const int RoundTrips = 5_000;
        using var pair = new PtyPair();
        using var link = SerialLine.Open(pair.SlavePath, SerialImplementation.Posix);
        var bytes = new byte[64];
        var heard = 0;

        var allocated = AllocationGuard.BytesOf(() =>
        {
            RoundTrip(pair.Master, link, bytes, RoundTrips);
            heard += link.Read(bytes, SerialLine.In(0.6));
            link.DiscardInput();
        });

        Assert.Equal(0, heard);
        Assert.Equal(0, allocated);
    }

    [Fact]
    public void A_line_that_takes_no_byte_for_a_second_is_broken()
    {
        using var pair = new PtyPair();
        using var link = SerialLine.Open(pair.SlavePath, SerialImplementation.Posix);
        var more = new byte[256 * 1024];

        var broken = Assert.Throws<LinkBrokenException>(() => link.Write(more));

        Assert.Contains("taken no byte for a second", broken.Message, StringComparison.Ordinal);
    }

    private static LinkBrokenException ReadUntilBroken(IByteLink link)
    {
        var buffer = new byte[16];
        return Assert.Throws<LinkBrokenException>(() =>
        {
            var deadline = SerialLine.In(10);
            while (LinkClock.NowNanos() < deadline)
            {
                link.Read(buffer, deadline);
            }
        });
    }

    private static void PlugInAndOut(string path, SerialImplementation implementation)
    {
        using var pair = new PtyPair(path);
        using var link = SerialLine.Open(path, implementation);
        link.Write("ping"u8);
        Assert.Equal("ping"u8, SerialLine.ReadExactly(pair.Master, 4));
        pair.Dispose();
        ReadUntilBroken(link);
    }

    private static void RoundTrip(IByteLink master, IByteLink link, byte[] bytes, int times)
    {
        for (var i = 0; i < times; i++)
        {
            link.Write("\u0001\u0003\0\0\0\u000A\u00C5\u00CD"u8);
            for (var have = 0; have < 10; have += master.Read(bytes, long.MaxValue))
            {
            }

            master.Write("answer"u8);
            for (var have = 0; have < 6; have += link.Read(bytes, long.MaxValue))
            {
            }
        }
    }

    private static int DescriptorsOfTerminals()
    {
        var count = 0;
        foreach (var descriptor in Directory.EnumerateFileSystemEntries("/proc/self/fd"))
        {
            var target = new FileInfo(descriptor).LinkTarget;
            if (target is not null && (target.StartsWith("/dev/pts/", StringComparison.Ordinal) || target.EndsWith("ptmx", StringComparison.Ordinal)))
            {
                count++;
            }
        }

        return count;
    }
}
