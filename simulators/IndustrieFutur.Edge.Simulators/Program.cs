using IndustrieFutur.Edge.Simulators;
using IndustrieFutur.Edge.Simulators.Cobot;
using IndustrieFutur.Edge.Simulators.Plc;
using IndustrieFutur.Edge.Simulators.Scenarios;

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
        return SimulatorHost.Refuse(args.FirstOrDefault("..."), "no such device; name one of these", $"{CellArguments.Usage}\n{CobotArguments.Usage}\n{PlcArguments.Usage}");
}
