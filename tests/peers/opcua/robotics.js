// Holds a server against OPC 40010-1 as its NodeSet has it: every instance of a type of OPC UA Robotics must have each mandatory member, of
// the right class, type, data type and rank, with a value of that type; each measured one a unit of its quantity.
const opcua = require("node-opcua");
const { NodeSet } = require("./nodeset");
const { nameOf } = require("./stranger");

const ROBOTICS = "http://opcfoundation.org/UA/Robotics/";
const DEVICE_SET = "http://opcfoundation.org/UA/DI/|i=5001";
const SYSTEM_TYPE = `${ROBOTICS}|i=1002`;
const CEFACT = "http://www.opcfoundation.org/UA/units/un/cefact";
const A = opcua.AttributeIds;

/** Common codes of UNECE Recommendation 20 that fit the quantity: the specification leaves the choice to the maker. */
const UNITS = {
  ActualPosition: ["C81", "DD", "MTR", "MMT"], ActualSpeed: ["2A", "E96", "MTS"], ActualAcceleration: ["2B", "M45", "MSK"], Mass: ["KGM"],
  MotorTemperature: ["CEL", "KEL"], Temperature: ["CEL", "KEL"], TotalEnergyConsumption: ["JOU", "KWH"], CabinetFanSpeed: ["RPM"], CPUFanSpeed: ["RPM"], InputVoltage: ["VLT"],
};
const unitId = code => [...code].reduce((id, letter) => (id << 8) | letter.charCodeAt(0), 0);

class Inspector {
  constructor(session, namespaces) {
    Object.assign(this, { session, namespaces, set: new NodeSet(["Opc.Ua.NodeSet2.xml", "Opc.Ua.Di.NodeSet2.xml", "Opc.Ua.IA.NodeSet2.xml", "Opc.Ua.Machinery.NodeSet2.xml", "Opc.Ua.Robotics.NodeSet2.xml"]) });
    this.found = { mandatory: 0, optional: 0, units: 0, types: {}, problems: [] };
    this.seen = new Set();
  }

  key(id) { const text = id.toString().replace(/^ns=\d+;/, ""); return `${this.namespaces[id.namespace]}|${text}`; }

  idOf(key) { const [uri, id] = key.split("|"); return `ns=${this.namespaces.indexOf(uri)};${id}`; }

  nameOf(name) { return `${this.namespaces[name.namespaceIndex]}|${name.name}`; }

  problem(where, what) { this.found.problems.push(`${where}: ${what}`); }

  async childrenOf(nodeId) {
    const result = await this.session.browse({
      nodeId, browseDirection: opcua.BrowseDirection.Forward, referenceTypeId: "i=33", includeSubtypes: true, nodeClassMask: 0, resultMask: 63,
    });
    return result.references ?? [];
  }

  /** An instance against all that declares it. */
  async inspect(nodeId, declarations, where) {
    const type = this.key((await this.session.browse({ nodeId, browseDirection: opcua.BrowseDirection.Forward, referenceTypeId: "i=40", resultMask: 63 })).references[0].nodeId);
    const mark = `${nodeId}`;
    if (this.seen.has(mark)) { return; }
    this.seen.add(mark);
    const definition = this.set.nodes.get(type);
    if (type.startsWith(ROBOTICS)) { const name = definition.name.split("|")[1]; this.found.types[name] = (this.found.types[name] ?? 0) + 1; }
    const children = await this.childrenOf(nodeId);
    for (const member of this.set.membersOf([...declarations, ...(definition ? this.set.lineage(definition) : [])])) {
      await this.inspectMember(member, children, where);
    }
  }

  async inspectMember(member, children, where) {
    const declared = member.declarations[0];
    const declaredType = this.set.typeOf(declared)?.id;
    if (member.rule.endsWith("Placeholder")) {
      const fitting = children.filter(child => declaredType && !child.typeDefinition.isEmpty() && this.set.isSubtype(this.key(child.typeDefinition), declaredType)
        && this.set.isSubtype(this.key(child.referenceTypeId), member.referenceType));
      if (member.rule === "mandatoryPlaceholder" && fitting.length === 0) { this.problem(where, `no ${member.name}`); }
      for (const child of fitting) { await this.inspect(child.nodeId, member.declarations, `${where}/${child.browseName.name}`); }
      return;
    }
    const child = children.find(one => this.nameOf(one.browseName) === member.name);
    const path = `${where}/${member.name.split("|")[1]}`;
    if (!child) {
      if (member.rule === "mandatory") { this.problem(path, "is mandatory and not there"); }
      return;
    }
    this.found[member.rule]++;
    if (opcua.NodeClass[child.nodeClass] !== declared.kind) { this.problem(path, `is a ${opcua.NodeClass[child.nodeClass]}, not a ${declared.kind}`); }
    if (declared.kind === "Method") { return; }
    if (!this.set.isSubtype(this.key(child.typeDefinition), declaredType)) { this.problem(path, `is of type ${this.key(child.typeDefinition)}, not ${declaredType}`); }
    if (declared.kind === "Variable") { await this.inspectVariable(child.nodeId, declared, path); }
    await this.inspect(child.nodeId, member.declarations, path);
  }

  async inspectVariable(nodeId, declared, path) {
    const [dataType, rank, value] = await this.session.read([A.DataType, A.ValueRank, A.Value].map(attributeId => ({ nodeId, attributeId })));
    if (!this.set.isSubtype(this.key(dataType.value.value), declared.dataType)) { this.problem(path, `holds ${this.key(dataType.value.value)}, not ${declared.dataType}`); }
    if (rank.value.value !== declared.valueRank) { this.problem(path, `has rank ${rank.value.value}, not ${declared.valueRank}`); }
    const wanted = this.set.builtIn(this.key(dataType.value.value));
    if (!value.statusCode.isGood() || value.value.dataType !== wanted) {
      this.problem(path, `has a value of ${opcua.DataType[value.value?.dataType]} (${nameOf(value.statusCode)}), not of ${opcua.DataType[wanted]}`);
    }
    if (declared.name === "http://opcfoundation.org/UA/|EngineeringUnits") { this.inspectUnit(value.value.value, path); }
  }

  inspectUnit(unit, path) {
    const codes = UNITS[path.split("/").at(-2)] ?? [];
    this.found.units++;
    if (unit?.namespaceUri !== CEFACT || !codes.some(code => unitId(code) === unit.unitId)) { this.problem(path, `is ${unit?.unitId} of ${unit?.namespaceUri}; wanted is one of ${codes}`); }
  }

  async run() {
    const systems = (await this.childrenOf(this.idOf(DEVICE_SET))).filter(child => !child.typeDefinition.isEmpty() && this.key(child.typeDefinition) === SYSTEM_TYPE);
    for (const system of systems) { await this.inspect(system.nodeId, [], system.browseName.name); }
    return this.found;
  }
}

/** All motion device systems below DeviceSet. */
const inspectRobotics = (session, namespaces) => new Inspector(session, namespaces).run();

module.exports = { inspectRobotics };
