// The server that both clients subscribe to in turns: so many variables, even ones Int32 and odd ones Double, all new at each period.
//   node OpcUaForeignServer.js PORT ITEMS PERIOD_MS FOLDER
"use strict";
const path = require("path");
const { OPCUAServer, DataType, StatusCodes, OPCUACertificateManager, MessageSecurityMode, SecurityPolicy } = require("node-opcua");

const [port, items, periodMs] = process.argv.slice(2, 5).map(Number);
const folder = process.argv[5];

async function main() {
  const certificates = new OPCUACertificateManager({ rootFolder: path.join(folder, "pki"), automaticallyAcceptUnknownCertificate: true });
  await certificates.initialize();
  const server = new OPCUAServer({
    port,
    hostname: "127.0.0.1",
    serverCertificateManager: certificates,
    securityModes: [MessageSecurityMode.None],
    securityPolicies: [SecurityPolicy.None],
    disableDiscovery: true,
    serverCapabilities: {
      maxMonitoredItems: 100000,
      maxMonitoredItemsPerSubscription: 100000,
      minSupportedSampleRate: 0,
      operationLimits: { maxMonitoredItemsPerCall: 1000, maxNodesPerRead: 1000 },
    },
  });
  await server.initialize();
  const space = server.engine.addressSpace.getOwnNamespace();
  const organizer = space.addFolder("ObjectsFolder", { browseName: "Bench", nodeId: "ns=1;s=Bench" });
  const variables = [];
  for (let item = 0; item < items; item++) {
    const dataType = item % 2 === 0 ? DataType.Int32 : DataType.Double;
    variables.push(space.addVariable({
      organizedBy: organizer,
      nodeId: `ns=1;i=${1000 + item}`,
      browseName: `v${item}`,
      dataType,
      minimumSamplingInterval: 0,
      value: { dataType, value: 0 },
    }));
  }
  let turn = 0;
  setInterval(() => {
    turn++;
    const now = new Date();
    variables.forEach((variable, item) => variable.setValueFromSource(
      item % 2 === 0 ? { dataType: DataType.Int32, value: turn } : { dataType: DataType.Double, value: turn + 0.5 },
      StatusCodes.Good,
      now));
  }, periodMs);
  await server.start();
  process.stdout.write("=ready\n");
  // Ends with the one who started it.
  process.stdin.resume();
  process.stdin.on("end", () => process.exit(0));
}

main().catch((error) => { console.log(error.message); process.exit(1); });
