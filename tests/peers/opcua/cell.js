// What a cell has besides signals: one value of each type, arrays, a structure within a structure, methods, a historical node, events.
const { DataType, Variant, VariantArrayType, StatusCodes, coerceLocalizedText } = require("node-opcua");

const HISTORY_VALUES = 100;   // one a second, up to the server's start

const PLAIN = {
  Boolean: true, SByte: -8, Byte: 8, Int16: -16, UInt16: 16, Int32: -32, UInt32: 32, Int64: [0, 64], UInt64: [1, 0],
  Float: 1.5, Double: 3.25, String: "Pièce n° 5", DateTime: new Date(Date.UTC(2026, 0, 2, 3, 4, 5)),
  Guid: "72962B91-FA75-4AE6-8D28-B404DC7DAF63", ByteString: Buffer.from("00ff10", "hex"), LocalizedText: coerceLocalizedText("Bonjour"),
};

function addPlain(own, folder) {
  for (const [name, value] of Object.entries(PLAIN)) {
    own.addVariable({
      organizedBy: folder, nodeId: `s=${name}`, browseName: name, dataType: name, minimumSamplingInterval: 0,
      accessLevel: "CurrentRead | CurrentWrite", value: { dataType: DataType[name], arrayType: VariantArrayType.Scalar, value },
    });
  }
}

function addArrays(own, folder) {
  own.addVariable({
    organizedBy: folder, nodeId: "s=Doubles", browseName: "Doubles", dataType: "Double", valueRank: 1, arrayDimensions: [6], minimumSamplingInterval: 0,
    accessLevel: "CurrentRead | CurrentWrite", value: { dataType: DataType.Double, arrayType: VariantArrayType.Array, value: new Float64Array([1, 2, 3, 4, 5, 6]) },
  });
  own.addVariable({
    organizedBy: folder, nodeId: "s=Matrix", browseName: "Matrix", dataType: "Int32", valueRank: 2, arrayDimensions: [2, 3], minimumSamplingInterval: 0,
    value: { dataType: DataType.Int32, arrayType: VariantArrayType.Matrix, dimensions: [2, 3], value: new Int32Array([1, 2, 3, 4, 5, 6]) },
  });
}

function addStructures(space, own, folder) {
  const tool = own.findDataType("Tool");   // from cell.nodeset.xml
  const construct = (speed, x) => space.constructExtensionObject(tool, { name: "Gripper", speed, position: { x, y: 2, z: 3 }, codes: [7, 8, 9] });
  const variable = own.addVariable({
    organizedBy: folder, nodeId: "s=Tool", browseName: "Tool", dataType: tool.nodeId, minimumSamplingInterval: 0,
    value: { dataType: DataType.ExtensionObject, value: construct(0.5, 1) },
  });
  return (speed, x) => variable.setValueFromSource({ dataType: DataType.ExtensionObject, value: construct(speed, x) });
}

function addMethods(own, folder) {
  const number = name => ({ name, dataType: DataType.Double });
  const add = own.addMethod(folder, { nodeId: "s=Add", browseName: "Add", inputArguments: [number("a"), number("b")], outputArguments: [number("sum")] });
  add.bindMethod(([a, b], _context, done) =>
    done(null, { statusCode: StatusCodes.Good, outputArguments: [{ dataType: DataType.Double, value: a.value + b.value }] }));
  const fail = own.addMethod(folder, { nodeId: "s=Fail", browseName: "Fail", inputArguments: [], outputArguments: [] });
  fail.bindMethod((_arguments, _context, done) => done(null, { statusCode: StatusCodes.BadInvalidState }));
}

// What a client can set off, and how often it did: a setpoint, one that nobody may write, a method that refuses, one that never answers.
function addOrders(own, folder) {
  const counts = { writes: 0, setpoint: 0, set: 0, denied: 0, silent: 0 };
  const setpoint = { dataType: DataType.Double, value: 0 };
  own.addVariable({
    organizedBy: folder, nodeId: "s=Setpoint", browseName: "Setpoint", dataType: "Double", minimumSamplingInterval: 100,
    accessLevel: "CurrentRead | CurrentWrite", value: {
      get: () => new Variant(setpoint),
      set: written => { counts.writes++; counts.setpoint = setpoint.value = written.value; return StatusCodes.Good; },
    },
  });
  own.addVariable({
    organizedBy: folder, nodeId: "s=Locked", browseName: "Locked", dataType: "Double", accessLevel: "CurrentRead",
    value: { dataType: DataType.Double, value: 1 },
  });
  const method = (name, inputs, answer) => own.addMethod(folder, {
    nodeId: `s=${name}`, browseName: name, inputArguments: inputs.map(([argument, dataType]) => ({ name: argument, dataType: DataType[dataType] })), outputArguments: [],
  }).bindMethod(answer);
  method("Set", [["speed", "Float"], ["ramp", "Int32"], ["reverse", "Boolean"]], ([speed, ramp, reverse], _context, done) => {
    counts.set++;
    counts.given = [speed.value, ramp.value, reverse.value];
    done(null, { statusCode: StatusCodes.Good });
  });
  method("Deny", [], (_arguments, _context, done) => { counts.denied++; done(null, { statusCode: StatusCodes.BadUserAccessDenied }); });
  method("Silent", [], (_arguments, _context, _done) => { counts.silent++; });
  return counts;
}

function addHistory(space, own, folder) {
  const node = own.addVariable({
    organizedBy: folder, nodeId: "s=History", browseName: "History", dataType: "Double", minimumSamplingInterval: 0,
    accessLevel: "CurrentRead | HistoryRead", historizing: true, value: { dataType: DataType.Double, value: 0 },
  });
  const begin = Date.now() - HISTORY_VALUES * 1000;
  const record = i => node.setValueFromSource({ dataType: DataType.Double, value: i }, StatusCodes.Good, new Date(begin + i * 1000));
  record(0);   // before the history begins, whose times must rise
  space.installHistoricalDataNode(node, { maxOnlineValues: 10 * HISTORY_VALUES });
  for (let i = 1; i < HISTORY_VALUES; i++) { record(i); }
}

function addEvents(space, own) {
  const type = own.addEventType({ browseName: "CellEventType", subtypeOf: "BaseEventType" });
  return (text, severity) => space.rootFolder.objects.server.raiseEvent(type, {
    message: { dataType: DataType.LocalizedText, value: coerceLocalizedText(text) }, severity: { dataType: DataType.UInt16, value: severity },
  });
}

function addCell(space, own) {
  const folder = own.addFolder("ObjectsFolder", { browseName: "Cell", nodeId: "s=Cell" });
  addPlain(own, folder);
  addArrays(own, folder);
  addMethods(own, folder);
  addHistory(space, own, folder);
  const orders = addOrders(own, folder);
  return { orders, setTool: addStructures(space, own, folder), raise: addEvents(space, own) };
}

module.exports = { addCell };
