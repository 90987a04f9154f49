// What NodeSet2 XML files say that a server must have: types with their supertypes and interfaces, and the instance declarations below them.
// Nodes go by "uri|id", names by "uri|name", so that nothing depends on the indexes of a file or of a server.
const { readFileSync } = require("fs");
const path = require("path");

const CORE = "http://opcfoundation.org/UA/";
const core = id => `${CORE}|i=${id}`;
const RULES = { [core(78)]: "mandatory", [core(80)]: "optional", [core(11508)]: "optionalPlaceholder", [core(11510)]: "mandatoryPlaceholder" };

const attribute = (head, name) => new RegExp(`\\b${name}="([^"]*)"`).exec(head)?.[1];
const unescape = text => text.replaceAll("&lt;", "<").replaceAll("&gt;", ">").replaceAll("&quot;", "\"").replaceAll("&amp;", "&");

function readFile(file, nodes) {
  const text = readFileSync(file, "utf8");
  const uris = [CORE, ...[...(/<NamespaceUris>([\s\S]*?)<\/NamespaceUris>/.exec(text)?.[1] ?? "").matchAll(/<Uri>([^<]*)<\/Uri>/g)].map(match => match[1])];
  const aliases = new Map([...text.matchAll(/<Alias Alias="([^"]*)">([^<]*)<\/Alias>/g)].map(match => [match[1], match[2]]));
  const expand = id => {
    const [, index, rest] = /^(?:ns=(\d+);)?(.*)$/.exec((aliases.get(id) ?? id).trim());
    return `${uris[Number(index ?? 0)]}|${rest}`;
  };
  const expandName = name => {
    const [, index, rest] = /^(?:(\d+):)?(.*)$/s.exec(unescape(name));
    return `${uris[Number(index ?? 0)]}|${rest}`;
  };
  for (const [, kind, head, body] of text.matchAll(/<UA(Object|Variable|Method|ObjectType|VariableType|DataType|ReferenceType)\s([^>]*)>([\s\S]*?)<\/UA\1>/g)) {
    const references = [...body.matchAll(/<Reference\s([^>]*)>([^<]*)<\/Reference>/g)].map(([, about, target]) => ({
      type: expand(attribute(about, "ReferenceType")), isForward: attribute(about, "IsForward") !== "false", target: expand(target),
    }));
    const id = expand(attribute(head, "NodeId"));
    nodes.set(id, {
      id, kind, name: expandName(attribute(head, "BrowseName")), references,
      dataType: kind.startsWith("Variable") ? expand(attribute(head, "DataType") ?? "i=24") : undefined,
      valueRank: Number(attribute(head, "ValueRank") ?? -1),
    });
  }
}

/** Every reference stands at both of its ends. */
function joinEnds(nodes) {
  for (const node of [...nodes.values()]) {
    for (const { type, isForward, target } of node.references) {
      const far = nodes.get(target);
      if (far && !far.references.some(other => other.type === type && other.target === node.id && other.isForward !== isForward)) {
        far.references.push({ type, isForward: !isForward, target: node.id });
      }
    }
  }
}

class NodeSet {
  constructor(files) {
    this.nodes = new Map();
    const folder = path.join(path.dirname(require.resolve("node-opcua-nodesets/package.json")), "nodesets");
    for (const file of files) { readFile(path.join(folder, file), this.nodes); }
    joinEnds(this.nodes);
  }

  /** Targets of such references, as nodes of the files. */
  follow(node, type, isForward = true) {
    return node.references.filter(one => one.type === core(type) && one.isForward === isForward).map(one => this.nodes.get(one.target)).filter(Boolean);
  }

  supertype(type) { return this.follow(type, 45, false)[0]; }

  isSubtype(id, of) {
    for (let type = this.nodes.get(id); type; type = this.supertype(type)) {
      if (type.id === of) { return true; }
    }
    return false;
  }

  typeOf(declaration) { return this.follow(declaration, 40)[0]; }

  ruleOf(declaration) { return RULES[declaration.references.find(one => one.isForward && one.type === core(37))?.target]; }

  /** The data type that Variants carry for this one: a built-in type, Int32 for enumerations, ExtensionObject for structures. */
  builtIn(dataType) {
    for (let type = this.nodes.get(dataType); type; type = this.supertype(type)) {
      const number = Number(/^http:\/\/opcfoundation\.org\/UA\/\|i=(\d+)$/.exec(type.id)?.[1] ?? NaN);
      if (number === 29) { return 6; }
      if (number <= 23 || (number >= 24 && number <= 28)) { return number; }
    }
    return NaN;
  }

  /** A type with its supertypes and the interfaces of all of them. */
  lineage(type) {
    const line = [];
    for (let level = type; level; level = this.supertype(level)) {
      line.push(level, ...this.follow(level, 17603).flatMap(one => this.lineage(one)));
    }
    return line;
  }

  /** What some declarations and types have below them, each name once: the first that declares it decides. */
  membersOf(sources) {
    const members = new Map();
    for (const source of sources) {
      for (const reference of source.references.filter(one => one.isForward)) {
        const target = this.nodes.get(reference.target);
        const rule = target && this.ruleOf(target);
        if (rule && this.isSubtype(reference.type, core(33))) {
          const member = members.get(target.name) ?? { name: target.name, rule, declarations: [], referenceType: reference.type };
          member.declarations.push(target);
          members.set(target.name, member);
        }
      }
    }
    return [...members.values()];
  }
}

module.exports = { NodeSet, core };
