using IndustrieFutur.Edge.Benchmarks;

// Called by tests/prove; prints the figure last and exits 0 only if it holds.
switch (args)
{
    case ["modbus-roundtrip", .. var rest]:
        return ModbusRoundtrip.Run(isWhole: !rest.Contains("--short"));
    case ["ring", .. var rest]:
        return RingSpeed.Run(isWhole: !rest.Contains("--short"));
    case ["ring-kill", .. var rest]:
        return RingKill.Run(isWhole: !rest.Contains("--short"));
    case ["ring-kill-write", var file, var items]:
        return KilledRing.Write(file, long.Parse(items, System.Globalization.CultureInfo.InvariantCulture));
    case ["ring-kill-read", var file, var items]:
        return KilledRing.Read(file, long.Parse(items, System.Globalization.CultureInfo.InvariantCulture));
    case ["loop-cost", .. var rest]:
        return LoopCost.Run(isWhole: !rest.Contains("--short"));
    case ["throughput", .. var rest]:
        return Throughput.Run(isWhole: !rest.Contains("--short"));
    case ["throughput-edge", var port, var folder, var perSecond, var samplesPerDevice]:
        return await ThroughputEdge.RunAsync(port, folder, perSecond, samplesPerDevice);
    case ["throughput-historian", var port]:
        return await ThroughputHistorian.RunAsync(port);
    case ["serve-modbus", var port]:
        return ModbusRoundtrip.Serve(port);
    case ["opcua-zero-bytes", .. var rest]:
        return OpcUaZeroBytes.Run(isWhole: !rest.Contains("--short"));
    case ["opcua-cost", .. var rest]:
        return OpcUaCost.Run(isWhole: !rest.Contains("--short"));
    case ["opcua-blast", .. var rest]:
        return OpcUaBlast.Run(isWhole: !rest.Contains("--short"));
    case ["serve-opcua", var policy, var periodMillis]:
        return OpcUaBlastServer.Run(policy, periodMillis);
    case ["receive-opcua", var url, var policy, var publishingMillis, var items]:
        return OpcUaReceiverVerb.Run(url, policy, publishingMillis, items);
    case ["serve-opcua-limits", var patienceMillis]:
        return OpcUaLimitsServer.Run(patienceMillis);
    default:
        Console.Error.WriteLine("Benchmarks: ring | ring-kill | loop-cost | throughput | modbus-roundtrip | opcua-zero-bytes | opcua-cost | opcua-blast [--short]");
        return 2;
}
