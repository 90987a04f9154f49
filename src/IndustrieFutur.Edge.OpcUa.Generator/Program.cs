// Writes the service structures of the OPC UA stack from the OPC Foundation's schema. Run by hand when the list changes; the output is committed:
//   npm install node-opcua-nodesets@2.185.0
//   dotnet run --project src/IndustrieFutur.Edge.OpcUa.Generator -- node_modules/node-opcua-nodesets/nodesets/Opc.Ua.Types.bsd src/IndustrieFutur.Edge.OpcUa/Types/Generated
using IndustrieFutur.Edge.OpcUa.Generator;

if (args.Length != 2 || !File.Exists(args[0]))
{
    Console.Error.WriteLine("usage: Generator <Opc.Ua.Types.bsd> <output folder>");
    return 2;
}

var encodings = EncodingTable.Read(Path.Combine(AppContext.BaseDirectory, "encodings.csv"));
var schema = Schema.Read(args[0], encodings);
foreach (var old in Directory.Exists(args[1]) ? Directory.GetFiles(args[1], "*.cs") : [])
{
    File.Delete(old);
}

Directory.CreateDirectory(args[1]);
foreach (var (name, code) in Emitter.Emit(schema))
{
    File.WriteAllText(Path.Combine(args[1], name + ".cs"), code);
}

Console.WriteLine($"{schema.Structures.Count} structures and {schema.Enumerations.Count} enumerations in {args[1]}");
return 0;
