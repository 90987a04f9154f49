using System.Runtime.InteropServices;
using IndustrieFutur.Edge.Protocols.Links;
using IndustrieFutur.Edge.Simulators.Plc;
using IndustrieFutur.Edge.Simulators.Scenarios;

const int Done = 0;
const int WrongUsage = 2;
const int CannotOpen = 4;

if (args is ["cell", .. var cell])
{
    return CellCommand.Run(cell, Console.Out, Console.Error);
}

if (args is not ["plc", .. var rest])
{
    Console.Error.WriteLine($"{PlcArguments.Usage}\n{CellArguments.Usage}");
    return WrongUsage;
}

if (PlcArguments.Parse(rest, out var error) is not { } settings)
{
    Console.Error.WriteLine($"cell-sim plc: {error}\n{PlcArguments.Usage}");
    return WrongUsage;
}

try
{
    using var stop = new ManualResetEventSlim();
    using var simulator = PlcSimulator.Start(settings);
    using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop);
    using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop);
    foreach (var place in simulator.Places)
    {
        Console.Out.WriteLine(place);
    }

    stop.Wait();
    return Done;

    void Stop(PosixSignalContext signal)
    {
        signal.Cancel = true;
        stop.Set();
    }
}
catch (LinkBrokenException broken)
{
    Console.Error.WriteLine($"cell-sim plc: {broken.Message}");
    return CannotOpen;
}
