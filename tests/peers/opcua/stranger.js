// What the foreign clients share (npm "node-opcua"): how they come into a server of ours, and how they walk through all of its nodes.
const { readFileSync } = require("fs");

const opcua = require("node-opcua");
const crypto = require("node-opcua-crypto");

const nameOf = status => status.name.split(" ")[0];

/** A client of a server: options are its url, the folder of its certificates, and the files of a user's certificate and key. */
function strangerAt(options) {
  const certificates = new opcua.OPCUACertificateManager({ rootFolder: options.pki, automaticallyAcceptUnknownCertificate: true });

  async function connect(policy, mode, more) {
    const client = opcua.OPCUAClient.create({
      applicationName: "visitor", clientCertificateManager: certificates, securityMode: opcua.MessageSecurityMode[mode],
      securityPolicy: opcua.SecurityPolicy[policy], endpointMustExist: true, connectionStrategy: { maxRetry: 0 }, transportTimeout: 60_000, ...more,
    });
    await client.connect(options.url);
    return client;
  }

  async function withSession(policy, mode, work, identity, more) {
    const client = await connect(policy, mode, more);
    try {
      const session = await client.createSession(identity);
      const namespaces = await session.readNamespaceArray();
      try { return await work(session, namespaces, client); } finally { await session.close(); }
    } finally { await client.disconnect(); }
  }

  function identities() {
    return {
      anonymous: undefined,
      password: { type: opcua.UserTokenType.UserName, userName: "operator", password: "secret" },
      certificate: {
        type: opcua.UserTokenType.Certificate, certificateData: crypto.readCertificate(options.userCertificate),
        privateKey: readFileSync(options.userKey, "utf8"),
      },
    };
  }

  /** Tries every endpoint with every kind of user, and two users whom nobody knows; tells what each found. */
  async function tryDoors(visit, say) {
    const everybody = identities();
    const attempt = (policy, mode, identity) => withSession(policy, mode, visit, identity).catch(failure => ({ failure: failure.message }));
    for (const policy of ["None", "Basic256Sha256", "Aes128_Sha256_RsaOaep", "Aes256_Sha256_RsaPss"]) {
      for (const mode of policy === "None" ? ["None"] : ["Sign", "SignAndEncrypt"]) {
        for (const user of Object.keys(everybody)) {
          say({ event: "door", door: `${policy}/${mode}/${user}`, ...await attempt(policy, mode, everybody[user]) });
        }
      }
    }
    for (const identity of [{ ...everybody.password, password: "guess" }, { ...everybody.password, userName: "nobody" }]) {
      say({ event: "stranger", ...await attempt("None", "None", identity) });
    }
  }

  return { initialize: () => certificates.initialize(), connect, withSession, tryDoors };
}

const A = opcua.AttributeIds;
const C = opcua.NodeClass;
const COMMON = [A.NodeId, A.NodeClass, A.BrowseName, A.DisplayName];
const MANDATORY = {
  [C.Object]: [A.EventNotifier], [C.Variable]: [A.Value, A.DataType, A.ValueRank, A.AccessLevel, A.UserAccessLevel, A.Historizing],
  [C.Method]: [A.Executable, A.UserExecutable], [C.ObjectType]: [A.IsAbstract], [C.VariableType]: [A.DataType, A.ValueRank, A.IsAbstract],
  [C.ReferenceType]: [A.IsAbstract, A.Symmetric], [C.DataType]: [A.IsAbstract], [C.View]: [A.EventNotifier, A.ContainsNoLoops],
};

/** All references of some nodes, by as many pieces as the server likes. */
async function browseAll(session, ids, found) {
  const results = await session.browse(ids.map(nodeId => ({
    nodeId, browseDirection: opcua.BrowseDirection.Both, referenceTypeId: null, includeSubtypes: true, nodeClassMask: 0, resultMask: 63,
  })));
  for (const [i, first] of results.entries()) {
    let result = first;
    const references = [...(result.references ?? [])];
    while (result.continuationPoint && result.continuationPoint.length > 0) {
      result = await session.browseNext(result.continuationPoint, false);
      found.pieces++;
      references.push(...(result.references ?? []));
    }
    if (!result.statusCode.isGood()) { found.problems.push(`browse ${ids[i]}: ${nameOf(result.statusCode)}`); }
    found.references += references.length;
    found.of.set(ids[i], references);
  }
}

async function readMandatory(session, nodes, found) {
  const wanted = nodes.flatMap(([nodeId, nodeClass]) => [...COMMON, ...(MANDATORY[nodeClass] ?? [])].map(attributeId => ({ nodeId, attributeId })));
  for (let from = 0; from < wanted.length; from += 1000) {
    const batch = wanted.slice(from, from + 1000);
    for (const [i, value] of (await session.read(batch)).entries()) {
      found.attributes++;
      if (!value.statusCode.isGood()) { found.problems.push(`${batch[i].nodeId} attribute ${A[batch[i].attributeId]}: ${nameOf(value.statusCode)}`); }
    }
  }
}

/** Every node that references lead to from Root, with its references and mandatory attributes. */
async function walk(session) {
  const found = { nodes: new Map([["ns=0;i=84", C.Object]]), of: new Map(), references: 0, pieces: 0, attributes: 0, problems: [] };
  let open = ["ns=0;i=84"];
  while (open.length > 0) {
    const next = [];
    for (let from = 0; from < open.length; from += 10) { await browseAll(session, open.slice(from, from + 10), found); }
    for (const id of open) {
      for (const reference of found.of.get(id)) {
        const target = reference.nodeId.toString();
        if (!found.nodes.has(target)) { found.nodes.set(target, reference.nodeClass); next.push(target); }
      }
    }
    open = next;
  }
  await readMandatory(session, [...found.nodes], found);
  return found;
}

/** What a walk found, in figures. */
const figures = found => ({
  nodes: found.nodes.size, references: found.references, pieces: found.pieces, attributes: found.attributes,
  problemCount: found.problems.length, problems: found.problems.slice(0, 20),
});

module.exports = { strangerAt, walk, figures, nameOf };
