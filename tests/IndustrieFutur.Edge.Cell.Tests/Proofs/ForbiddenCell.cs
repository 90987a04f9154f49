using System.Text.Json.Nodes;

namespace IndustrieFutur.Edge.Cell.Tests.Proofs;

/// <summary>A cell in order that has one of everything that can be commanded, and of what cannot.</summary>
internal static class ForbiddenCell
{
    private const string Written = """
        {
          "group": "g",
          "edge": "e",
          "data": "data",
          "devices": {
            "dash": {
              "driver": "dashboard", "tcp": { "host": "127.0.0.1" },
              "groups": { "all": { "interval": "250ms", "signals": { "program": { "query": "programState" } } } },
              "targets": { "load": { "verb": "load", "programs": ["pick.urp"] }, "play": { "verb": "play" }, "pause": { "verb": "pause" }, "stop": { "verb": "stop" } }
            },
            "cobot": {
              "driver": "rtde", "tcp": { "host": "127.0.0.1" },
              "groups": { "all": { "signals": { "pstop": { "field": "safety_status_bits", "bit": 2 } } } }
            },
            "scale": {
              "driver": "framed", "tcp": { "host": "127.0.0.1", "port": 4001 },
              "groups": { "all": { "interval": "1s", "request": "SI\r\n", "signals": { "weight": { "cut": { "separator": "blanks", "index": 3 }, "type": "f64" } } } }
            },
            "plc": {
              "driver": "modbus", "tcp": { "host": "127.0.0.1" }, "addressBase": 0,
              "groups": { "all": { "interval": "100ms", "signals": { "state": { "address": "input:10", "type": "u16" }, "speed": { "address": "input:0", "type": "f32" } } } },
              "targets": { "speed": { "address": "holding:0", "type": "f64" }, "packml": { "address": "holding:3", "type": "u16", "packml": true } }
            },
            "ua": {
              "driver": "opcua", "endpoint": "opc.tcp://127.0.0.1:4840",
              "groups": { "all": { "sampling": "100ms", "signals": { "state": { "node": "i=2259", "type": "i64" } } } },
              "targets": {
                "set": { "node": "nsu=urn:v;s=Setpoint", "type": "f64" },
                "call": { "object": "nsu=urn:v;s=Cell", "method": "nsu=urn:v;s=Cell.Greet" }
              }
            }
          },
          "commands": {
            "enabled": true,
            "sparkplugUser": "host",
            "commands": {
              "load": { "name": { "fr": "Charger", "en": "Load" }, "target": "dash/load", "parameters": { "program": {} }, "effect": { "when": "dash/program == 0" } },
              "play": { "name": { "fr": "Lancer", "en": "Play" }, "target": "dash/play", "effect": { "when": "dash/program == 1" } },
              "pause": { "name": { "fr": "Suspendre", "en": "Pause" }, "target": "dash/pause", "effect": { "when": "dash/program == 2" } },
              "stop": { "name": { "fr": "Stopper", "en": "Stop" }, "target": "dash/stop", "effect": { "when": "dash/program == 0" } },
              "speed": { "name": { "fr": "Vitesse", "en": "Speed" }, "target": "plc/speed", "parameters": { "speed": { "min": 0, "max": 100 } }, "effect": { "signal": "plc/speed" } },
              "halt": { "name": { "fr": "Convoyeur", "en": "Conveyor" }, "target": "plc/packml", "values": [3], "effect": { "when": "plc/state == 2" } },
              "set": { "name": { "fr": "Consigne", "en": "Setpoint" }, "target": "ua/set", "parameters": { "v": { "min": 0, "max": 1 } }, "effect": { "when": "plc/state == 6" } },
              "call": { "name": { "fr": "Saluer", "en": "Greet" }, "target": "ua/call", "effect": { "when": "plc/state == 6" } }
            },
            "reactions": { "r": { "when": "cobot/pstop", "command": "halt" } }
          },
          "sinks": { "site": { "sink": "mqtt", "url": "mqtt://127.0.0.1:1883", "historians": ["h1"] } },
          "historians": { "h1": { "store": "embedded" } }
        }
        """;

    public static JsonObject InOrder() => JsonNode.Parse(Written)!.AsObject();
}
