using System.Text.Json;
using IndustrieFutur.Edge.Sampler;

const int Usage = 2;
const int Unfit = 3;

if (args is not ([_] or ["--wait", _]) || args[^1].StartsWith('-'))
{
    Console.Error.WriteLine("ifedge-sampler: samples for a service of ifedge, which starts it. As a unit of its own, beside a service with \"sampler\": \"external\": ifedge-sampler --wait DATA-FOLDER");
    return Usage;
}

try
{
    SamplerProcess.Run(args[^1], waits: args.Length > 1);
    return 0;
}
catch (Exception cause) when (cause is IOException or InvalidDataException or UnauthorizedAccessException or ArgumentException or JsonException)
{
    LineLogger.Say($"4 ifedge-sampler cannot sample for {args[^1]}: {cause.Message}");
    return Unfit;
}
