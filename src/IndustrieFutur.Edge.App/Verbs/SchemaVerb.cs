using System.CommandLine;
using IndustrieFutur.Edge.App.Configuration.Schema;

namespace IndustrieFutur.Edge.App.Verbs;

/// <summary><c>ifedge schema</c>: the JSON Schema of a configuration, for editors that complete and check while one writes.</summary>
internal static class SchemaVerb
{
    public static Command Create()
    {
        var command = new Command("schema", "Print the JSON Schema of a configuration file.");
        command.SetAction(result => result.InvocationConfiguration.Output.Write(ConfigurationSchema.Text()));
        return command;
    }
}
