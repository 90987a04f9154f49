using System.Diagnostics;
using IndustrieFutur.Edge.Protocols.Links;
using IndustrieFutur.Edge.Protocols.Serial;

namespace IndustrieFutur.Edge.Tests.Protocols.Serial;

/// <summary>What the tests of serial lines have in common: opening a pseudo-terminal's end, deadlines, a name that ports come back under.</summary>
internal static class SerialLine
{
    public static IByteLink Open(string path, SerialImplementation implementation, Rs485Settings? rs485 = null)
    {
        Assert.True(SerialSettings.TryParse("115200 8N1", out var settings, out var error), error);
        return SerialLinks.Open(settings with { Port = path }, implementation, rs485);
    }

    public static long In(double seconds) => LinkClock.NowNanos() + (long)(seconds * 1_000_000_000);

    /// <summary>Reads exactly so many bytes, within five seconds.</summary>
    public static byte[] ReadExactly(IByteLink link, int count)
    {
        var bytes = new byte[count];
        var deadline = In(5);
        for (var have = 0; have < count;)
        {
            var read = link.Read(bytes.AsSpan(have), deadline);
            Assert.True(read > 0, $"{have} of {count} bytes came within five seconds");
            have += read;
        }

        return bytes;
    }

    /// <summary>A path in the temporary folder that no other test uses.</summary>
    public static string TemporaryPath(string name) =>
        Path.Combine(Path.GetTempPath(), $"ifedge-{name}-{Environment.ProcessId}-{Stopwatch.GetTimestamp()}");
}
