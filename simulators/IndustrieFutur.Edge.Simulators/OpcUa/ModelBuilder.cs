using IndustrieFutur.Edge.OpcUa.Server.Space;
using IndustrieFutur.Edge.OpcUa.Types;
using OpcUaRange = IndustrieFutur.Edge.OpcUa.Types.Generated.Range;

namespace IndustrieFutur.Edge.Simulators.OpcUa;

/// <summary>Builds a device's nodes: instances of the models' types, their fixed values, and those that live. What the device adds bears its maker's namespace.</summary>
/// <param name="space">With the models loaded.</param>
internal sealed class ModelBuilder(AddressSpace space)
{
    /// <summary>The maker's namespace: names and ids of all instances.</summary>
    public const string Maker = "urn:industriefutur:cell-sim";

    public const string MakerName = "IndustrieFutur (simulated)";

    private const int StructureBytesMax = 1024;
    private const uint HasAddIn = 17604;
    private const uint MachineIdentificationType = 1012;
    private const uint MachinesFolder = 1001;

    private static readonly NodeId Hierarchical = new(0, NodeIds.HierarchicalReferences);

    private readonly ushort _maker = space.Namespaces.Add(Maker);

    public AddressSpace Space => space;

    public QualifiedName Name(string name) => new(_maker, name);

    public NodeId Id(string model, uint number) => new(space.Namespaces.IndexOf(model), number);

    /// <summary>An instance of a model's type, with the optional members that are named.</summary>
    public UaObject Instance(UaNode parent, string model, uint type, string name, params string[] optional) =>
        Instance(parent, NodeIds.HasComponent, Name(name), Id(model, type), optional);

    public UaObject Instance(UaNode parent, uint referenceType, QualifiedName name, NodeId type, params string[] optional) =>
        (UaObject)space.Instantiate(
            type, parent, new NodeId(0, referenceType), name,
            new InstanceOptions { NamespaceIndex = _maker, Optional = optional, Id = TextId(parent, name) });

    /// <summary>A variable of the maker's own.</summary>
    public UaVariable Variable(UaNode parent, string name, uint dataType, uint typeDefinition = NodeIds.BaseDataVariableType)
    {
        var variable = new UaVariable(new NodeId(_maker, TextId(parent, Name(name))), Name(name)) { DataType = new NodeId(0, dataType) };
        space.Add(variable, parent, new NodeId(0, NodeIds.HasComponent), new NodeId(0, typeDefinition));
        return variable;
    }

    /// <summary>A measured variable of the maker's own: a Double with its unit and range.</summary>
    public UaVariable Measured(UaNode parent, string name, EngineeringUnit unit, double low, double high)
    {
        var variable = Variable(parent, name, NodeIds.DoubleDataType, NodeIds.AnalogUnitType);
        Property(variable, "EngineeringUnits", NodeIds.EUInformationDataType);
        Property(variable, "EURange", NodeIds.RangeDataType);
        Scale(variable, unit, low, high);
        return variable;
    }

    /// <summary>The node at the end of a path of names, whatever their namespaces.</summary>
    public UaNode At(UaNode from, string path)
    {
        var node = from;
        foreach (var name in path.Split('/'))
        {
            node = space.Step(node, Hierarchical, false, true, default).Find(child => child.BrowseName.Name == name)
                ?? throw new InvalidOperationException($"{node} has no member {name} of the path {path}.");
        }

        return node;
    }

    public UaVariable VariableAt(UaNode from, string path) => (UaVariable)At(from, path);

    /// <summary>A value that stays.</summary>
    public void Fix(UaNode from, string path, Variant value) => VariableAt(from, path).Set(new DataValue(value));

    public void FixText(UaNode from, string path, string text) => Fix(from, path, Variant.Of(new LocalizedText("en", text)));

    /// <summary>The nameplate that DI gives a component (OPC 10000-100, 5.4): who made it, what it is.</summary>
    public void Nameplate(UaNode component, string model, string productCode, string serialNumber)
    {
        FixText(component, "Manufacturer", MakerName);
        FixText(component, "Model", model);
        Fix(component, "ProductCode", Variant.Of(productCode));
        Fix(component, "SerialNumber", Variant.Of(serialNumber));
    }

    /// <summary>The unit of a measured value, and its range where it has one.</summary>
    public void Scale(UaNode measured, EngineeringUnit unit, double low = double.NaN, double high = double.NaN)
    {
        Fix(measured, "EngineeringUnits", unit.Value);
        if (!double.IsNaN(low))
        {
            Fix(measured, "EURange", Range(low, high));
        }
    }

    public static Variant Range(double low, double high) => Variant.Of(ExtensionObject.Of(new OpcUaRange { Low = low, High = high }));

    public LiveValue<double> Double(UaNode from, string path) => new(VariableAt(from, path), Variant.Of);

    public LiveValue<bool> Boolean(UaNode from, string path) => new(VariableAt(from, path), Variant.Of);

    public LiveValue<int> Whole(UaNode from, string path) => new(VariableAt(from, path), Variant.Of);

    public LiveValue<string> Text(UaNode from, string path) => new(VariableAt(from, path), Variant.Of);

    public void Join(UaNode source, string model, uint referenceType, UaNode target) => space.AddReference(source, Id(model, referenceType), target);

    public void Join(UaNode source, uint referenceType, UaNode target) => space.AddReference(source, new NodeId(0, referenceType), target);

    /// <summary>A structure of a model, wrapped with the id of its binary encoding in this address space.</summary>
    public ExtensionObject Structure(NodeId dataType, Action<MessageBuffer> write)
    {
        var encoding = space.Step(space.Get<UaNode>(dataType), new NodeId(0, NodeIds.HasEncoding), false, true, new QualifiedName(0, "Default Binary"))[0];
        var body = new MessageBuffer(StructureBytesMax);
        write(body);
        return new ExtensionObject(encoding.Id, ExtensionObjectEncoding.ByteString, body.Written.ToArray());
    }

    /// <summary>A machine is found under Machinery's Machines with its nameplate (OPC 40001-1, 8 and 9.2).</summary>
    public void ShowAsMachine(UaNode machine, string model, string serialNumber, string softwareRevision)
    {
        var plate = Instance(
            machine, HasAddIn, new QualifiedName(space.Namespaces.IndexOf(NodeSets.Di), "Identification"), Id(NodeSets.Machinery, MachineIdentificationType),
            "Model", "SoftwareRevision", "ProductCode");
        FixText(plate, "Manufacturer", MakerName);
        FixText(plate, "Model", model);
        Fix(plate, "SerialNumber", Variant.Of(serialNumber));
        Fix(plate, "ProductCode", Variant.Of(model));
        Fix(plate, "SoftwareRevision", Variant.Of(softwareRevision));
        Fix(plate, "ProductInstanceUri", Variant.Of($"urn:industriefutur:{Uri.EscapeDataString(model)}:{Uri.EscapeDataString(serialNumber)}"));
        space.AddReference(space.Get<UaNode>(Id(NodeSets.Machinery, MachinesFolder)), new NodeId(0, NodeIds.Organizes), machine);
    }

    /// <summary>Events of the source are told at the machine, and from there at Server (OPC UA Part 3, 7.16 and 7.17).</summary>
    public void ShowEvents(UaObject machine, UaObject source)
    {
        machine.EventNotifier = 1;
        source.EventNotifier = 1;
        Join(space.Get<UaNode>(new NodeId(0, NodeIds.Server)), NodeIds.HasNotifier, machine);
        Join(machine, NodeIds.HasNotifier, source);
    }

    private void Property(UaVariable of, string name, uint dataType)
    {
        var property = new UaVariable(new NodeId(_maker, $"{of.Id.Text}/{name}"), new QualifiedName(0, name)) { DataType = new NodeId(0, dataType) };
        space.Add(property, of, new NodeId(0, NodeIds.HasProperty), new NodeId(0, NodeIds.PropertyType));
    }

    private string TextId(UaNode parent, QualifiedName name) =>
        parent.Id.NamespaceIndex == _maker && parent.Id.Text is { } text ? $"{text}/{name.Name}" : name.Name ?? "";
}
