namespace IndustrieFutur.Edge.Tests.House;

/// <summary>Types that each do one thing that no hot type may, for the guards to find. What they make is kept: an object that nobody sees the compiler does not make.</summary>
internal static class SeededOffences
{
    private static readonly int[] Numbers = [1, 2, 3];
    private static readonly IEnumerable<int> AsInterface = new List<int>(Numbers);
    private static readonly Dictionary<string, int> Names = new() { ["speed"] = 1 };
    private static readonly Maker Virtual = new ArrayMaker();
    private static readonly IMaker ByInterface = new ArrayMaker();
    private static readonly ManualResetEventSlim Event = new(true);
    private static readonly Lock Gate = new();
    private static readonly object Monitored = new();
    private static object? _kept;
    private static long _number = 1_000;

    internal interface IMaker
    {
        object Make();
    }

    internal static class BoxesAnInteger
    {
        public static void Run() => _kept = (int)_number;
    }

    internal static class BoxesAsInterface
    {
        public static void Run() => _kept = (IComparable)(int)_number;
    }

    internal static class CapturesInAClosure
    {
        public static void Run()
        {
            var limit = _number;
            _kept = new Func<long, bool>(number => number > limit);
        }
    }

    internal static class MakesADelegate
    {
        public static void Run() => _kept = new Func<object>(Virtual.ToString!);
    }

    internal static class PassesParams
    {
        public static void Run() => Keep((int)_number, 2, 3);

        private static void Keep(params int[] numbers) => _kept = numbers;
    }

    internal static class Interpolates
    {
        public static void Run() => _kept = $"{_number} samples";
    }

    internal static class Concatenates
    {
        public static void Run() => _kept = string.Concat(_kept as string is { Length: < 4 } text ? text : "a", "b");
    }

    internal static class UsesLinq
    {
        public static void Run() => _kept = Numbers.Where(number => number > 1);
    }

    internal static class IsAsync
    {
        public static void Run() => _kept = Later();

        private static async Task<long> Later()
        {
            await Task.CompletedTask;
            return _number;
        }
    }

    internal static class WalksAnInterface
    {
        public static void Run()
        {
            foreach (var number in AsInterface)
            {
                _number ^= number;
            }
        }
    }

    internal static class Iterates
    {
        public static void Run() => _kept = Numbers();

        private static IEnumerable<long> Numbers()
        {
            yield return _number;
        }
    }

    internal static class MakesAnObject
    {
        public static void Run() => _kept = new object();
    }

    internal static class MakesAnArray
    {
        public static void Run() => _kept = new byte[16];
    }

    internal static class GrowsAList
    {
        private static readonly List<long> Kept = [];

        public static void Run()
        {
            Kept.Add(_number);
            Kept.Capacity = Kept.Count;
        }
    }

    internal static class CallsAVirtualThatAllocates
    {
        public static void Run() => _kept = Virtual.Make();
    }

    internal static class CallsAnInterfaceThatAllocates
    {
        public static void Run() => _kept = ByInterface.Make();
    }

    internal static class CallsAHelperThatAllocates
    {
        public static void Run() => _kept = Helper.Make();
    }

    internal static class CallsAStructThatAllocates
    {
        public static void Run() => _kept = new AllocatingStruct((int)_number).Make();
    }

    internal static class Locks
    {
        public static void Run()
        {
            lock (Gate)
            {
                _number++;
            }
        }
    }

    internal static class LocksAnObject
    {
        public static void Run()
        {
            Monitor.Enter(Monitored);
            Monitor.Exit(Monitored);
        }
    }

    internal static class Sleeps
    {
#pragma warning disable RS0030 // What is banned is what is shown here.
        public static void Run() => Thread.Sleep(0);
    }

    internal static class ReadsTheWallClock
    {
        public static void Run() => _number = DateTime.UtcNow.Ticks;
#pragma warning restore RS0030
    }

    internal static class Throws
    {
        public static void Run()
        {
            if (_number == 0)
            {
                throw new InvalidOperationException();
            }
        }
    }

    internal static class Waits
    {
        public static void Run() => Event.Wait();
    }

    internal static class Signals
    {
        public static void Run() => Event.Set();
    }

    internal static class LooksUpByName
    {
        public static void Run() => _number += Names.TryGetValue("speed", out var index) ? index : 0;
    }

    internal static class WritesToTheConsole
    {
        public static void Run() => Console.Out.Flush();
    }

    internal static unsafe class CallsByAddress
    {
        private static readonly delegate*<long, long> Absolute = &Math.Abs;

        public static void Run() => _number = Absolute(_number);
    }

    internal abstract class Maker
    {
        public abstract object Make();
    }

    internal sealed class ArrayMaker : Maker, IMaker
    {
        public override object Make() => new byte[16];
    }

    internal static class Helper
    {
        public static object Make() => new byte[16];
    }

    internal readonly struct AllocatingStruct(int length)
    {
        public object Make() => new byte[length];
    }

    /// <summary>What a hot type may do: the guards are to be silent.</summary>
    internal static class KeepsToTheRules
    {
        public static void Run()
        {
            Span<long> numbers = stackalloc long[4];
            numbers[0] = Volatile.Read(ref _number);
            for (var i = 1; i < numbers.Length; i++)
            {
                numbers[i] = Math.Max(numbers[i - 1], i);
            }

            Volatile.Write(ref _number, numbers[^1]);
        }
    }
}
