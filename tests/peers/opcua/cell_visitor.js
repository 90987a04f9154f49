// A foreign OPC UA client (npm "node-opcua") that visits the simulated cell as it would visit real controllers, and tells what it found.
//
//   node cell_visitor.js --url opc.tcp://127.0.0.1:4840 --pki FOLDER --task TASK[,TASK...]
//                        [--userCertificate FILE --userKey FILE] [--items 10000] [--seconds 60]
//
//   doors     every endpoint with every kind of user          walk      every node with its references and attributes
//   robotics  the cobot against OPC 40010-1                   methods   the PLC through PackML's states
//   items     walks, then subscribes many items of all that it found, while the channel's keys are renewed
//
// Standard output carries JSON only, one object a line; the last one is {"event":"done"}.
const { parseArgs } = require("util");

console.log = console.info = console.debug = console.warn = (...words) => console.error(...words);

const opcua = require("node-opcua");
const { strangerAt, walk, figures, nameOf } = require("./stranger");
const { inspectRobotics } = require("./robotics");

const DI = "http://opcfoundation.org/UA/DI/";
const ROBOTICS = "http://opcfoundation.org/UA/Robotics/";
const PACKML = "http://opcfoundation.org/UA/PackML/";
const MAKER = "urn:industriefutur:cell-sim";
const BATCH = 1000;
const A = opcua.AttributeIds;

const { values: options } = parseArgs({
  options: {
    url: { type: "string" }, task: { type: "string" }, pki: { type: "string" }, userCertificate: { type: "string" }, userKey: { type: "string" },
    items: { type: "string", default: "10000" }, seconds: { type: "string", default: "5" },
  },
});

const say = object => process.stdout.write(JSON.stringify(object) + "\n");
const sleep = seconds => new Promise(done => setTimeout(done, seconds * 1000));
const stranger = strangerAt(options);

/** The node at the end of a path of [namespace URI, name] from Objects. */
async function find(session, namespaces, ...steps) {
  const path = steps.map(([uri, name]) => `/${namespaces.indexOf(uri)}:${name}`).join("");
  const result = await session.translateBrowsePath(opcua.makeBrowsePath("i=85", path));
  if (!result.statusCode.isGood()) { throw new Error(`${path}: ${nameOf(result.statusCode)}`); }
  return result.targets[0].targetId;
}

const axisPath = number => [[DI, "DeviceSet"], [MAKER, "Cell1"], [ROBOTICS, "MotionDevices"], [MAKER, "Arm1"], [ROBOTICS, "Axes"], [MAKER, `Axis_${number}`],
  [DI, "ParameterSet"], [ROBOTICS, "ActualPosition"]];

async function visit(session, namespaces) {
  const value = await session.read({ nodeId: await find(session, namespaces, ...axisPath(1)), attributeId: A.Value });
  return { read: nameOf(value.statusCode), isNumber: Number.isFinite(value.value.value) };
}

const walkAround = () => stranger.withSession("None", "None", async session => say({ event: "walked", ...figures(await walk(session)) }));

const robotics = () => stranger.withSession("Basic256Sha256", "SignAndEncrypt", async (session, namespaces) => {
  const { problems, ...found } = await inspectRobotics(session, namespaces);
  say({ event: "robotics", ...found, problemCount: problems.length, problems: problems.slice(0, 20) });
});

/** The variables of the whole space, the arm's axes first, round and round until there are enough. */
async function manyItems(session, namespaces) {
  const axes = [];
  for (let number = 1; number <= 6; number++) { axes.push((await find(session, namespaces, ...axisPath(number))).toString()); }
  const found = await walk(session);
  say({ event: "walked", ...figures(found) });
  const variables = [...found.nodes].filter(([id, nodeClass]) => nodeClass === opcua.NodeClass.Variable && !axes.includes(id)).map(([id]) => id);
  return Array.from({ length: Number(options.items) }, (_, i) => (i < axes.length ? axes[i] : variables[(i - axes.length) % variables.length]));
}

async function subscribe(session, ids, seen) {
  const subscription = await session.createSubscription2({
    requestedPublishingInterval: 100, requestedMaxKeepAliveCount: 20, requestedLifetimeCount: 1000, maxNotificationsPerPublish: 0, publishingEnabled: true, priority: 1,
  });
  for (let from = 0; from < ids.length; from += BATCH) {
    const nodes = ids.slice(from, from + BATCH).map(nodeId => ({ nodeId, attributeId: A.Value }));
    const group = await subscription.monitorItems(nodes, { samplingInterval: 100, discardOldest: true, queueSize: 2 }, opcua.TimestampsToReturn.Both);
    group.on("changed", (_item, value, index) => seen.take(from + index, value));
  }
  return subscription;
}

class Seen {
  constructor() { Object.assign(this, { items: new Set(), bad: new Set(), values: 0, axisValues: 0, backwards: 0, last: new Map() }); }

  take(index, value) {
    this.values++;
    this.items.add(index);
    if (!value.statusCode.isGood()) { this.bad.add(index); }
    if (index >= 6) { return; }
    this.axisValues++;
    const time = value.sourceTimestamp.getTime();
    if (time < (this.last.get(index) ?? 0)) { this.backwards++; }
    this.last.set(index, time);
  }
}

async function items() {
  await stranger.withSession("Aes256_Sha256_RsaPss", "SignAndEncrypt", async (session, namespaces, client) => {
    let renewals = 0;
    const seen = new Seen();
    client.on("security_token_renewed", () => { renewals++; });
    const ids = await manyItems(session, namespaces);
    const subscription = await subscribe(session, ids, seen);
    for (let i = 0; i < 600 && seen.items.size < ids.length; i++) { await sleep(0.1); }
    const first = seen.items.size;
    const [before, renewedBefore] = [seen.axisValues, renewals];
    await sleep(Number(options.seconds));
    say({
      event: "items", asked: ids.length, first, bad: seen.bad.size, badIds: [...seen.bad].slice(0, 10).map(index => ids[index]), values: seen.values,
      axisValuesPerSecond: (seen.axisValues - before) / Number(options.seconds), backwards: seen.backwards, renewals: renewals - renewedBefore,
    });
    await subscription.terminate();
  }, undefined, { defaultSecureTokenLifetime: 2000 });
}

/** PackML by its methods, as far as the state machine lets a client. */
async function methods() {
  await stranger.withSession("Basic256Sha256", "SignAndEncrypt", async (session, namespaces) => {
    const objects = [[PACKML, "PackMLObjects"], [MAKER, "Conveyor1"]];
    const machine = [...objects, [PACKML, "BaseStateMachine"], [PACKML, "MachineState"]];
    const execute = [...machine, [PACKML, "ExecuteState"]];
    const call = async (owner, name, ...inputArguments) => {
      const [objectId, methodId] = [await find(session, namespaces, ...owner), await find(session, namespaces, ...owner, [PACKML, name])];
      return nameOf((await session.call({ objectId, methodId, inputArguments })).statusCode);
    };
    const core = "http://opcfoundation.org/UA/";
    const read = async (...path) => (await session.read({ nodeId: await find(session, namespaces, ...path), attributeId: A.Value })).value.value;
    const reach = async (owner, state) => {
      for (let i = 0; i < 200; i++) {
        const now = await read(...owner, [core, "CurrentState"]);
        if (now?.text === state) { return state; }
        await sleep(0.05);
      }
      return `not ${state} within 10 s`;
    };
    const noParameters = { dataType: opcua.DataType.ExtensionObject, arrayType: opcua.VariantArrayType.Array, value: [] };
    const float = value => ({ dataType: opcua.DataType.Float, value });

    const steps = [await reach(execute, "Execute")];
    steps.push(await call(execute, "Start", noParameters));
    steps.push(await call(execute, "Suspend"), await reach(execute, "Suspended"), await call(execute, "Unsuspend"), await reach(execute, "Execute"));
    steps.push(await call(machine, "Stop"), await reach(machine, "Stopped"));
    steps.push(await call(machine, "Reset"), await reach(execute, "Idle"), await call(execute, "Start", noParameters), await reach(execute, "Execute"));
    steps.push(await call(objects, "SetMachSpeed", float(123)), await call(objects, "SetMachSpeed", float(1e6)), await call(objects, "SetMachSpeed"));
    let speed;
    for (let i = 0; i < 200 && speed !== 123; i++) {
      speed = await read(...objects, [PACKML, "Status"], [PACKML, "MachSpeed"]);
      await sleep(0.05);
    }
    say({ event: "methods", steps, speed });
  });
}

async function main() {
  await stranger.initialize();
  const tasks = { doors: () => stranger.tryDoors(visit, say), walk: walkAround, robotics, items, methods };
  for (const task of options.task.split(",")) { await tasks[task](); }
  say({ event: "done" });
}

main().then(() => process.exit(0), failure => { console.error(failure); process.exit(1); });
