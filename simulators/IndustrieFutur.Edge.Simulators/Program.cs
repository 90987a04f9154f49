using IndustrieFutur.Edge.Simulators;
using IndustrieFutur.Edge.Simulators.Arguments;
using IndustrieFutur.Edge.Simulators.Cobot;
using IndustrieFutur.Edge.Simulators.Plc;
using IndustrieFutur.Edge.Simulators.Scenarios;

if (Help.Of(args) is { } help)
{
    Console.Out.WriteLine(help);
    return 0;
}

switch (args)
{
    case ["cell", .. var words]:
        return CellCommand.Run(words, Console.Out, Console.Error);
    case ["cobot", .. var words]:
        return CobotArguments.Parse(words, out var cobotError) is { } cobot
            ? SimulatorHost.Serve("cobot", () => CobotSimulator.Start(cobot), static simulator => simulator.Places, static simulator => simulator.Clock)
            : SimulatorHost.Refuse("cobot", cobotError, CobotArguments.Usage);
    case ["plc", .. var words]:
        return PlcArguments.Parse(words, out var plcError) is { } plc
            ? SimulatorHost.Serve("plc", () => PlcSimulator.Start(plc), static simulator => simulator.Places, static simulator => simulator.Clock)
            : SimulatorHost.Refuse("plc", plcError, PlcArguments.Usage);
    default:
        return SimulatorHost.Refuse(args.FirstOrDefault("DEVICE"), Help.NoDevice(args), Help.Overview);
}
