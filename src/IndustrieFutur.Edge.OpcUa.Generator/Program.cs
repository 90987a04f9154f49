// Writes what the OPC UA stack takes from the OPC Foundation's files. Run by hand when they change; the output is committed:
//   npm install node-opcua-nodesets@2.185.0
//   dotnet run --project src/IndustrieFutur.Edge.OpcUa.Generator -- types node_modules/node-opcua-nodesets/nodesets/Opc.Ua.Types.bsd src/IndustrieFutur.Edge.OpcUa/Types/Generated
//   dotnet run --project src/IndustrieFutur.Edge.OpcUa.Generator -- nodesets node_modules/node-opcua-nodesets/nodesets src/IndustrieFutur.Edge.OpcUa/Server/Space/Generated/nodesets.bin.br
using IndustrieFutur.Edge.OpcUa.Generator;
using IndustrieFutur.Edge.OpcUa.Generator.NodeSets;

switch (args)
{
    case ["types", var schemaFile, var folder] when File.Exists(schemaFile):
        WriteTypes(schemaFile, folder);
        return 0;
    case ["nodesets", var folder, var file] when Directory.Exists(folder):
        var table = NodeSetTable.Build(folder);
        var compressed = NodeSetTable.Compress(table);
        File.WriteAllBytes(file, compressed);
        Console.WriteLine($"{table.Length} bytes, {compressed.Length} compressed, in {file}");
        return 0;
    default:
        Console.Error.WriteLine("usage: Generator types <Opc.Ua.Types.bsd> <output folder> | nodesets <folder of the NodeSets> <output file>");
        return 2;
}

static void WriteTypes(string schemaFile, string folder)
{
    var encodings = EncodingTable.Read(Path.Combine(AppContext.BaseDirectory, "encodings.csv"));
    var schema = Schema.Read(schemaFile, encodings);
    foreach (var old in Directory.Exists(folder) ? Directory.GetFiles(folder, "*.cs") : [])
    {
        File.Delete(old);
    }

    Directory.CreateDirectory(folder);
    foreach (var (name, code) in Emitter.Emit(schema))
    {
        File.WriteAllText(Path.Combine(folder, name + ".cs"), code);
    }

    Console.WriteLine($"{schema.Structures.Count} structures and {schema.Enumerations.Count} enumerations in {folder}");
}
