using IndustrieFutur.Edge.Sampler;

if (args is not [var block])
{
    Console.Error.WriteLine("ifedge-sampler: samples for a service of ifedge, which starts it; usage: ifedge-sampler BLOCK");
    return 2;
}

try
{
    return SamplerProcess.Run(block);
}
catch (Exception cause) when (cause is IOException or InvalidDataException or UnauthorizedAccessException or System.Text.Json.JsonException)
{
    Console.Error.WriteLine($"ifedge-sampler: {block} cannot be used: {cause.Message}");
    return 3;
}
