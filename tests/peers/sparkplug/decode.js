// Decodes Sparkplug B payloads with the npm package "sparkplug-payload": hexadecimal, one a line, on stdin; JSON, one a line, on stdout.
// Long numbers become text, because JavaScript's own would round them. null: the field is not on the wire, which its protobuf codec can
// tell and the package's front door (which must read every payload as well) cannot. A metric says which field its value came in.
const { Payload } = require("sparkplug-payload/lib/sparkplugPayloadProto.js").org.eclipse.tahu.protobuf;
const frontDoor = require("sparkplug-payload").get("spBv1.0");

const own = (message, field) => (Object.hasOwn(message, field) && message[field] !== null ? String(message[field]) : null);
const valueOf = message => (message.value && Object.hasOwn(message, message.value) ? String(message[message.value]) : null);

const properties = set => Object.fromEntries((set?.keys ?? []).map((key, at) => {
  const value = set.values[at];
  return [key, { type: own(value, "type"), field: value.value ?? null, value: valueOf(value) }];
}));

for (const line of require("fs").readFileSync(0, "utf8").split("\n").filter(hex => hex.length > 0)) {
  const bytes = Buffer.from(line, "hex");
  const seen = frontDoor.decodePayload(bytes);
  const payload = Payload.decode(bytes);
  if (seen.metrics.length !== payload.metrics.length) throw new Error("the two decoders of the package do not agree");
  console.log(JSON.stringify({
    timestamp: own(payload, "timestamp"),
    seq: own(payload, "seq"),
    body: Buffer.from(payload.body).toString("hex"),
    metrics: payload.metrics.map(metric => ({
      name: own(metric, "name"),
      alias: own(metric, "alias"),
      timestamp: own(metric, "timestamp"),
      datatype: own(metric, "datatype"),
      isHistorical: Boolean(metric.isHistorical),
      isNull: Boolean(metric.isNull),
      field: metric.value ?? null,
      value: valueOf(metric),
      properties: properties(metric.properties),
    })),
  }));
}
