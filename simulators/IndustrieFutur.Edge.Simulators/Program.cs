using IndustrieFutur.Edge.Simulators;
using IndustrieFutur.Edge.Simulators.Cobot;
using IndustrieFutur.Edge.Simulators.Plc;

switch (args)
{
    case ["cobot", .. var words]:
        return CobotArguments.Parse(words, out var cobotError) is { } cobot
            ? SimulatorHost.Serve("cobot", () => CobotSimulator.Start(cobot), static simulator => simulator.Places)
            : SimulatorHost.Refuse("cobot", cobotError, CobotArguments.Usage);
    case ["plc", .. var words]:
        return PlcArguments.Parse(words, out var plcError) is { } plc
            ? SimulatorHost.Serve("plc", () => PlcSimulator.Start(plc), static simulator => simulator.Places)
            : SimulatorHost.Refuse("plc", plcError, PlcArguments.Usage);
    default:
        return SimulatorHost.Refuse(args.FirstOrDefault("..."), "no such device; name one of these", $"{CobotArguments.Usage}\n{PlcArguments.Usage}");
}
