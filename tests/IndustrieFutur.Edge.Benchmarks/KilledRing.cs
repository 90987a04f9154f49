using System.Buffers.Text;
using IndustrieFutur.Edge.Core.Pacing;
using IndustrieFutur.Edge.Core.Sampling;
using IndustrieFutur.Edge.Drivers.Running;

namespace IndustrieFutur.Edge.Benchmarks;

/// <summary>The two ends of a ring in shared memory, each in a process that may be killed at any instruction: numbered samples, some with a text.</summary>
internal static class KilledRing
{
    private const int Capacity = 1_024;
    private const int TextSlots = 64;
    private const int TextBytes = 24;

    /// <summary>Every so many samples carry their number as a text: a full ring has a quarter of its text slots in use.</summary>
    private const int TextEvery = 64;

    /// <summary>Read at a time, and held back until the next ones are read, as a service holds back what is not stored.</summary>
    private const int RunMax = Capacity / 4;

    private const long PauseNanos = 50_000;

    public static long Bytes => SampleRing.BytesNeeded(Capacity, TextSlots, TextBytes);

    public static SampleRing In(HotMemory memory) => new(memory, Capacity, TextSlots, TextBytes);

    /// <summary>Writes on from where the writer before it was killed.</summary>
    public static int Write(string file, long items)
    {
        using var mapped = new MappedBlock(file);
        var ring = In(mapped.Memory);
        ring.TakeOverWriting();
        Span<byte> text = stackalloc byte[TextBytes];
        for (var next = (long)ring.Written; next < items;)
        {
            if (TryWrite(ring, next, text))
            {
                next++;
            }
            else
            {
                Pacer.SleepUntil(MonoClock.NowNanos() + PauseNanos);
            }
        }

        return 0;
    }

    /// <summary>Reads again what the reader before it had not given back, and on; each number must be the one after the last.</summary>
    public static int Read(string file, long items)
    {
        using var mapped = new MappedBlock(file);
        var ring = In(mapped.Memory);
        _ = ring.TakeOverReading();
        var next = (long)ring.Read;
        while (next < items)
        {
            var before = ring.Position;
            var run = ring.Peek(RunMax);
            foreach (ref readonly var sample in run)
            {
                if (sample.SourceUtcNanos != next || !IsTextRight(ring, sample, next))
                {
                    Console.WriteLine($"The sample {next} is {sample.SourceUtcNanos}, or its text is another's.");
                    return 1;
                }

                next++;
                ring.Pass(1);
            }

            if (run.Length > 0)
            {
                ring.Release(next == items ? ring.Position : before);
            }
            else
            {
                Pacer.SleepUntil(MonoClock.NowNanos() + PauseNanos);
            }
        }

        return 0;
    }

    private static bool TryWrite(SampleRing ring, long number, Span<byte> text)
    {
        var sample = new Sample(0, 0, number, number, 0);
        if (number % TextEvery != 0)
        {
            return ring.TryWrite(sample);
        }

        Utf8Formatter.TryFormat(number, text, out var length);
        return ring.TryWriteText(sample, text[..length]);
    }

    private static bool IsTextRight(SampleRing ring, in Sample sample, long number) =>
        number % TextEvery != 0 || (Utf8Parser.TryParse(ring.Text(sample), out long said, out _) && said == number);
}
