using System.Globalization;
using Microsoft.Extensions.Logging;

namespace IndustrieFutur.Edge.Tests.House;

/// <summary>Types that each break one rule of the house, so that the guards can show that they would see it.</summary>
internal static class Offenders
{
    internal sealed class Boxes
    {
        public static object Run(int value) => value;
    }

    internal sealed class BoxesGeneric<T>
        where T : struct
    {
        private readonly List<T> _kept = [];

        public int Count => _kept.Count;

        public static object Run(T value) => value;
    }

    internal sealed class MakesArray
    {
        public static int[] Run(int length) => new int[length];
    }

    internal sealed class MakesObject
    {
        public static Version Run() => new(1, 0);
    }

    internal sealed class Throws
    {
        private static readonly InvalidOperationException Made = new();

        public static void Run() => throw Made;
    }

    internal sealed class ThrowsAgain
    {
        public static void Run()
        {
            try
            {
                MemoryBarrier();
            }
            catch (InvalidOperationException)
            {
                throw;
            }
        }

        private static void MemoryBarrier() => Interlocked.MemoryBarrier();
    }

    internal sealed class MakesDelegate
    {
        public static Action Run() => Interlocked.MemoryBarrier;
    }

    internal sealed class MakesVirtualDelegate
    {
        public static Func<string?> Run(object value) => value.ToString;
    }

    internal sealed class Locks
    {
        private readonly Lock _gate = new();

        public void Run()
        {
            lock (_gate)
            {
                Interlocked.MemoryBarrier();
            }
        }
    }

    internal sealed class Formats
    {
        public static string Run(int value) => value.ToString(CultureInfo.InvariantCulture) + "!";
    }

    internal sealed class Captures
    {
        public static int Run(int[] values, int limit) => Array.FindIndex(values, value => value > limit);
    }

    internal sealed class CallsOffendingStruct
    {
        public static int Run(OffendingStruct value) => value.Total();
    }

    internal readonly struct OffendingStruct(int length)
    {
        public int Total() => new int[length].Length;
    }

    internal sealed class SwitchesWithoutDefault
    {
#pragma warning disable CS8524 // The missing arm is what is shown here.
        public static int Run(DayOfWeek day) => day switch
        {
            DayOfWeek.Sunday => 0,
            DayOfWeek.Monday => 1,
            DayOfWeek.Tuesday => 2,
            DayOfWeek.Wednesday => 3,
            DayOfWeek.Thursday => 4,
            DayOfWeek.Friday => 5,
            DayOfWeek.Saturday => 6,
        };
#pragma warning restore CS8524
    }

    internal sealed class ReturnsTask
    {
        public static Task Run() => Task.CompletedTask;
    }

    internal sealed class Awaits
    {
        public static async void Run() => await Task.Yield();
    }

    internal sealed class Logs
    {
        public static bool Run(IServiceProvider services) => ((ILogger)services.GetService(typeof(ILogger))!).IsEnabled(LogLevel.Debug);
    }

    internal sealed class KeepsLogger(ILogger logger)
    {
        public bool IsThere => logger is not null;
    }
}
