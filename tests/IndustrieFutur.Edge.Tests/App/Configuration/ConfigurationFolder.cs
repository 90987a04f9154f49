using System.Collections;
using IndustrieFutur.Edge.App.Configuration;

namespace IndustrieFutur.Edge.Tests.App.Configuration;

/// <summary>A folder of its own with configuration files in it, read with the bench driver; gone after the test.</summary>
internal sealed class ConfigurationFolder : IDisposable
{
    /// <summary>A configuration in order, to be changed in one place by a test.</summary>
    public const string Good = """
        {
          "group": "la-roche",
          "edge": "cell1",
          "devices": {
            "plc": {
              "driver": "bench",
              "serial": "/dev/ttyS9",
              "groups": {
                "fast": {
                  "interval": "50ms",
                  "signals": {
                    "speed": { "channel": 1, "unit": "m/s", "name": { "fr": "Vitesse", "en": "Speed" }, "deadband": { "absolute": 0.5 } },
                    "label": { "channel": 2, "kind": "text", "textBytes": 20 }
                  }
                }
              }
            }
          },
          "sinks": { "site": { "sink": "mqtt", "url": "mqtt://127.0.0.1:1883", "historians": ["h1"] } },
          "historians": { "h1": { "store": "embedded" } }
        }
        """;

    private readonly string _path = Directory.CreateTempSubdirectory("ifedge-configuration-").FullName;

    public string File => Path.Combine(_path, "edge.json");

    public string Write(string name, string content)
    {
        var file = Path.Combine(_path, name);
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        System.IO.File.WriteAllText(file, content);
        return file;
    }

    public ConfigurationReading Read(string content, params (string Name, string Value)[] environment)
    {
        Write("edge.json", content);
        return Read(environment);
    }

    public ConfigurationReading Read(params (string Name, string Value)[] environment)
    {
        IDictionary variables = environment.ToDictionary(pair => pair.Name, pair => pair.Value);
        return EdgeConfiguration.Load(File, [BenchOptions.Kind], variables);
    }

    /// <summary>The mistakes without the folder's name: "edge.json:3:5: path: message".</summary>
    public string[] Mistakes(string content, params (string Name, string Value)[] environment) => Lines(Read(content, environment));

    public string[] Lines(ConfigurationReading reading) =>
        [.. reading.Mistakes.Select(mistake => mistake.ToString().Replace(_path + Path.DirectorySeparatorChar, "", StringComparison.Ordinal))];

    public void Dispose() => Directory.Delete(_path, recursive: true);
}
