// Decodes Sparkplug B payloads with the npm package "sparkplug-payload": hexadecimal, one a line, on stdin; JSON, one a line, on stdout.
// Long numbers become text, because JavaScript's own would round them. A metric says which field its value came in: without a birth's
// datatypes the package's front door cannot tell, its own protobuf codec can.
const { Payload } = require("sparkplug-payload/lib/sparkplugPayloadProto.js").org.eclipse.tahu.protobuf;
const frontDoor = require("sparkplug-payload").get("spBv1.0");

const text = value => (value === null || value === undefined ? null : String(value));

for (const line of require("fs").readFileSync(0, "utf8").split("\n").filter(hex => hex.length > 0)) {
  const bytes = Buffer.from(line, "hex");
  frontDoor.decodePayload(bytes);
  const payload = Payload.decode(bytes);
  console.log(JSON.stringify({
    timestamp: text(payload.timestamp),
    seq: text(payload.seq),
    body: Buffer.from(payload.body).toString("hex"),
    metrics: payload.metrics.map(metric => ({
      alias: text(metric.alias),
      timestamp: text(metric.timestamp),
      isNull: Boolean(metric.isNull),
      field: metric.value ?? null,
      value: metric.value ? text(metric[metric.value]) : null,
    })),
  }));
}
