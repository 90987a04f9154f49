using System.Runtime.InteropServices;
using IndustrieFutur.Edge.Protocols.Links;
using IndustrieFutur.Edge.Simulators.Cell;

namespace IndustrieFutur.Edge.Simulators;

/// <summary>Runs a simulator of the command line until somebody stops it.</summary>
internal static class SimulatorHost
{
    private const int Done = 0;
    private const int WrongUsage = 2;
    private const int CannotOpen = 4;

    public static int Refuse(string verb, string error, string usage)
    {
        Console.Error.WriteLine($"cell-sim {verb}: {error}\n{usage}");
        return WrongUsage;
    }

    /// <summary>Starts it, says where it can be reached and when its clock loses time, and waits for SIGTERM or Ctrl+C.</summary>
    public static int Serve<T>(string verb, Func<T> start, Func<T, IReadOnlyList<string>> places, Func<T, SimulationClock> clock)
        where T : IDisposable
    {
        try
        {
            using var stop = new ManualResetEventSlim();
            using var simulator = start();
            using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop);
            using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop);
            foreach (var place in places(simulator))
            {
                Console.Out.WriteLine(place);
            }

            var notice = new SlipNotice(() => clock(simulator).Slipped, Console.Error, TimeProvider.System);
            while (!stop.Wait(SlipNotice.LookEvery))
            {
                notice.Look();
            }

            notice.Tell();
            return Done;

            void Stop(PosixSignalContext signal)
            {
                signal.Cancel = true;
                stop.Set();
            }
        }
        catch (LinkBrokenException broken)
        {
            Console.Error.WriteLine($"cell-sim {verb}: {broken.Message}");
            return CannotOpen;
        }
    }
}
