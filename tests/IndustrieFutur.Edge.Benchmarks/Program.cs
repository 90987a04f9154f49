using IndustrieFutur.Edge.Benchmarks;

// Called by tests/prove; prints the figure last and exits 0 only if it holds.
switch (args)
{
    case ["modbus-roundtrip", .. var rest]:
        return ModbusRoundtrip.Run(isWhole: !rest.Contains("--short"));
    case ["serve-modbus", var port]:
        return ModbusRoundtrip.Serve(port);
    default:
        Console.Error.WriteLine("Benchmarks: modbus-roundtrip [--short]");
        return 2;
}
