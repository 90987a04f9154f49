using System.Text.Json.Nodes;
using IndustrieFutur.Edge.Simulators.Cell;
using IndustrieFutur.Edge.Simulators.Scenarios;

namespace IndustrieFutur.Edge.Cell.Tests.Proofs;

/// <summary>
/// The edge beside a scenario's cell: every device of it over its usual protocol, every sample sent, so that two runs can be compared. The
/// type and the unit of a signal tell by what: "count" is the unit of what counts, and states have none.
/// </summary>
internal static class ScenarioConfiguration
{
    public static JsonObject Of(CellSimulator cell, JsonNode? broker, string brokerUrl, int httpPort)
    {
        var configuration = new JsonObject
        {
            ["group"] = "proof",
            ["edge"] = "cell1",
            ["data"] = "data",
            ["devices"] = new JsonObject
            {
                ["cobot"] = Cobot(cell.Rtde.EndPoint.Port),
                [CellFaults.OpcUa] = cell.CobotOpcUa is { } server ? OpcUa(server.EndpointUrl) : null,
                ["plc"] = Plc(cell.PlcPty!),
                ["gripper"] = Gripper(cell.GripperPty!),
                ["driver"] = Driver(cell.TorquePort),
                ["scale"] = Scale(cell.ScalePty!),
                ["scanner"] = Scanner(cell.ScannerPty!),
            },
            ["sinks"] = new JsonObject
            {
                ["site"] = new JsonObject { ["sink"] = "mqtt", ["url"] = brokerUrl, ["confirm"] = "stored", ["historians"] = new JsonArray("h1") },
            },
            ["historians"] = new JsonObject { ["h1"] = new JsonObject { ["store"] = "embedded" } },
            ["http"] = new JsonObject { ["port"] = httpPort },
        };
        if (cell.CobotOpcUa is null)
        {
            configuration["devices"]!.AsObject().Remove(CellFaults.OpcUa);
        }

        if (broker is not null)
        {
            configuration["broker"] = broker;
        }

        return configuration;
    }

    private static JsonNode Cobot(int port) => JsonNode.Parse($$"""
        {
          "driver": "rtde",
          "tcp": { "host": "127.0.0.1", "port": {{port}} },
          "frequency": 125,
          "groups": {
            "motion": { "signals": {
              "axis1.position": { "field": "actual_q", "index": 0 },
              "axis3.speed": { "field": "actual_qd", "index": 2 },
              "axis2.current": { "field": "actual_current", "index": 1 },
              "tcp.z": { "field": "actual_TCP_pose", "index": 2 },
              "tcp.fz": { "field": "actual_TCP_force", "index": 2 }
            } },
            "states": { "signals": {
              "mode.robot": { "field": "robot_mode" },
              "safety.mode": { "field": "safety_mode" },
              "safety.estop": { "field": "safety_status_bits", "bit": 7 },
              "program.state": { "field": "runtime_state" },
              "io.dout": { "field": "actual_digital_output_bits" }
            } },
            "slow": { "interval": "200ms", "signals": {
              "axis1.temperature": { "field": "joint_temperatures", "index": 0, "range": { "low": 0, "high": 60 } },
              "power.current": { "field": "actual_robot_current" }
            } }
          }
        }
        """)!;

    /// <summary>Each change of a value is told and queued: the server looks at nothing by the wall's time.</summary>
    private static JsonNode OpcUa(string endpoint)
    {
        const string Di = "nsu=http://opcfoundation.org/UA/DI/";
        const string Robotics = "nsu=http://opcfoundation.org/UA/Robotics/";
        const string Cell = "nsu=urn:industriefutur:cell-sim";
        const string Parts = $"/{Di}:DeviceSet/{Cell}:Cell1/{Robotics}";
        const string Safety = $"{Parts}:SafetyStates/{Cell}:SafetyState1/{Di}:ParameterSet/{Robotics}";
        const string Axis = $"{Parts}:MotionDevices/{Cell}:Arm1/{Robotics}:Axes/{Cell}:Axis_1/{Di}:ParameterSet/{Robotics}";
        return JsonNode.Parse($$"""
            {
              "driver": "opcua",
              "endpoint": "{{endpoint}}",
              "groups": {
                "all": { "sampling": "0s", "publishing": "100ms", "queue": 5000, "signals": {
                  "mode.operational": { "path": "{{Safety}}:OperationalMode", "type": "i64" },
                  "safety.pstop": { "path": "{{Safety}}:ProtectiveStop", "type": "bool" },
                  "axis1.position": { "path": "{{Axis}}:ActualPosition", "type": "f64" }
                } }
              }
            }
            """)!;
    }

    private static JsonNode Plc(string port) => JsonNode.Parse($$"""
        {
          "driver": "modbus",
          "serial": { "port": "{{port}}", "settings": "19200 8E1" },
          "unit": 1,
          "addressBase": 0,
          "groups": {
            "fast": { "interval": "20ms", "signals": {
              "conv.running": { "address": "1x0", "type": "bool" },
              "conv.pe_in": { "address": "1x1", "type": "bool" },
              "conv.pe_out": { "address": "1x2", "type": "bool" },
              "safety.guard_closed": { "address": "1x3", "type": "bool" },
              "safety.estop_ok": { "address": "1x4", "type": "bool" },
              "conv.speed": { "address": "3x0", "type": "f32", "order": "ABCD", "unit": "mm/s" },
              "conv.motor_temp": { "address": "3x3", "type": "i16", "scale": 0.1, "unit": "degC" },
              "count.total": { "address": "3x4", "type": "u32", "order": "ABCD", "unit": "count" },
              "count.good": { "address": "3x6", "type": "u32", "order": "ABCD", "unit": "count" },
              "count.reject": { "address": "3x8", "type": "u32", "order": "ABCD", "unit": "count" },
              "packml.state": { "address": "3x10", "type": "u16" },
              "packml.mode": { "address": "3x11", "type": "u16" },
              "plc.fault": { "address": "3x12", "type": "u16" },
              "plc.stacklight": { "address": "3x13", "type": "u16" },
              "plc.heartbeat": { "address": "3x14", "type": "u16", "unit": "count" }
            } }
          }
        }
        """)!;

    private static JsonNode Gripper(string port) => JsonNode.Parse($$"""
        {
          "driver": "modbus",
          "serial": { "port": "{{port}}", "settings": "115200 8N1" },
          "unit": 9,
          "addressBase": 0,
          "groups": {
            "status": { "interval": "20ms", "signals": {
              "grip.state": { "address": "holding:2000", "bitRange": "12..13" },
              "grip.object": { "address": "holding:2000", "bitRange": "14..15" },
              "grip.fault": { "address": "holding:2001", "bitRange": "8..11" },
              "grip.position": { "address": "holding:2002", "bitRange": "8..15", "scale": -0.3333333333333333, "offset": 85, "unit": "mm" }
            } }
          }
        }
        """)!;

    private static JsonNode Driver(int port) => JsonNode.Parse($$"""
        {
          "driver": "open-protocol",
          "tcp": { "host": "127.0.0.1", "port": {{port}} },
          "keepAlive": "1s",
          "groups": {
            "results": { "signals": {
              "tight.torque": { "field": "torque" },
              "tight.angle": { "field": "angle" },
              "tight.ok": { "field": "ok" },
              "tight.id": { "field": "id" }
            } },
            "alarms": { "signals": { "tight.alarm": { "field": "alarm" } } }
          }
        }
        """)!;

    private static JsonNode Scale(string port) => JsonNode.Parse($$"""
        {
          "driver": "framed",
          "serial": { "port": "{{port}}", "settings": "9600 8N1" },
          "groups": {
            "weight": {
              "interval": "100ms",
              "request": "SI\r\n",
              "signals": {
                "scale.weight": { "cut": { "separator": "blanks", "index": 3 }, "when": "S ", "type": "f64", "unit": "g" },
                "scale.stable": { "cut": { "separator": "blanks", "index": 2 }, "when": "S ", "type": "bool", "equalTo": "S" }
              }
            }
          }
        }
        """)!;

    private static JsonNode Scanner(string port) => JsonNode.Parse($$"""
        {
          "driver": "framed",
          "serial": { "port": "{{port}}", "settings": "115200 8N1" },
          "groups": { "codes": { "signals": { "scan.code": { "type": "text", "textBytes": 64 } } } }
        }
        """)!;
}
