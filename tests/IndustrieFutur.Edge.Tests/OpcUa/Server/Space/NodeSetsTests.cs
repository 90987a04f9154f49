using System.Diagnostics;
using System.Security.Cryptography;
using System.Xml.Linq;
using IndustrieFutur.Edge.OpcUa.Generator.NodeSets;
using IndustrieFutur.Edge.OpcUa.Server.Space;
using IndustrieFutur.Edge.OpcUa.Types;
using IndustrieFutur.Edge.OpcUa.Types.Generated;
using IndustrieFutur.Edge.Tests.House;

namespace IndustrieFutur.Edge.Tests.OpcUa.Server.Space;

/// <summary>The committed table is what the generator makes of the OPC Foundation's files, and fills an address space quickly.</summary>
public sealed class NodeSetsTests
{
    /// <summary>A data type of DI that two of its methods have as an argument.</summary>
    private const uint UpdateBehavior = 333;

    /// <summary>It takes 60 ms on an idle machine; the tests share theirs.</summary>
    private static readonly TimeSpan LoadMax = TimeSpan.FromSeconds(2);

    [Fact]
    public void The_committed_table_is_made_of_the_files_of_the_npm_package()
    {
        var table = NodeSetTable.Build(NodeSetFolder());

        // Before compression: another runtime may bring another Brotli.
        Assert.True(NodeSets.ReadTable().AsSpan().SequenceEqual(table), "Run the generator again and commit what it writes: see its Program.cs.");
    }

    [Theory]
    [InlineData("Opc.Ua.NodeSet2.xml", NodeSets.Core)]
    [InlineData("Opc.Ua.Robotics.NodeSet2.xml", NodeSets.Robotics)]
    [InlineData("Opc.Ua.PackML.NodeSet2.xml", NodeSets.PackMl)]
    public void Every_node_of_a_file_is_in_the_space_with_its_name_and_class(string file, string model)
    {
        var index = Spaces.Shared.Namespaces.IndexOf(model);
        var nodes = XDocument.Load(Path.Combine(NodeSetFolder(), file)).Root!.Elements()
            .Where(element => element.Attribute("NodeId") is not null)
            .Select(element => (
                Class: element.Name.LocalName[2..],
                Id: uint.Parse(((string)element.Attribute("NodeId")!).Split("i=")[1], System.Globalization.CultureInfo.InvariantCulture),
                Name: ((string)element.Attribute("BrowseName")!).Split(':', 2)[^1]));
        var carried = Spaces.Shared.Nodes.Where(node => node.Id.NamespaceIndex == index)
            .Select(node => (Class: node.NodeClass.ToString(), Id: node.Id.Numeric, Name: node.BrowseName.Name!));

        Assert.Equal(nodes.OrderBy(node => node.Id), carried.OrderBy(node => node.Id));
    }

    [Fact]
    public void All_models_are_loaded_well_within_the_patience_of_a_start()
    {
        var clock = Stopwatch.StartNew();

        var space = Spaces.New();

        Assert.True(clock.Elapsed < LoadMax, $"{space.Count} nodes took {clock.Elapsed}.");
    }

    [Fact]
    public void A_model_brings_those_that_it_requires_and_no_others()
    {
        var space = new AddressSpace("urn:test:cell");

        NodeSets.Load(space, NodeSets.Machinery);

        Assert.Equal([NodeSets.Core, "urn:test:cell", NodeSets.Di, NodeSets.Ia, NodeSets.Machinery], space.Namespaces.Uris);
        Assert.DoesNotContain(space.Nodes, node => node.BrowseName.NamespaceIndex >= space.Namespaces.Uris.Count);
    }

    [Fact]
    public void A_model_can_come_later_and_what_is_there_stays()
    {
        var space = new AddressSpace("urn:test:cell");
        NodeSets.Load(space);
        var server = space.Find(new NodeId(0, NodeIds.Server));
        space.Namespaces.Add("urn:between");

        NodeSets.Load(space, NodeSets.Robotics);
        NodeSets.Load(space, NodeSets.Robotics, NodeSets.Di);

        Assert.Same(server, space.Find(new NodeId(0, NodeIds.Server)));
        Assert.Equal(6, space.Namespaces.IndexOf(NodeSets.Robotics) + 1);
        Assert.Equal("AxisType", space.Find(space.Id(NodeSets.Robotics, 16601))?.BrowseName.Name);
        Assert.Equal(Spaces.Shared.Nodes.Count(node => IsOf(Spaces.Shared, node)), space.Nodes.Count(node => IsOf(space, node)));
        Assert.DoesNotContain(space.Nodes, node => node.References.Distinct().Count() != node.References.Length);
    }

    [Fact]
    public void Data_types_within_values_bear_the_indexes_of_this_server()
    {
        var space = new AddressSpace("urn:test:cell");
        space.Namespaces.Add("urn:one");
        space.Namespaces.Add("urn:two");
        NodeSets.Load(space, NodeSets.Robotics);
        var di = space.Namespaces.IndexOf(NodeSets.Di);
        var result = space.Nodes.OfType<UaDataType>().Single(node => node.BrowseName == new QualifiedName(di, "TransferResultDataDataType"));
        var arguments = space.Nodes.OfType<UaVariable>().Select(node => node.Value.Value.Value).OfType<ExtensionObject[]>().SelectMany(value => value)
            .Select(value => value.TryDecode<Argument>(out var argument) ? argument.DataType : NodeId.Null);
        var name = space.Nodes.OfType<UaVariable>().First(node => node.Value.Value.Value is QualifiedName { Name: "Lock" });

        Assert.Equal(4, di);
        Assert.Equal(di, ((QualifiedName)name.Value.Value.Value!).NamespaceIndex);
        Assert.Contains(new NodeId(di, UpdateBehavior), arguments);
        Assert.True(result.Definition!().TryDecode<StructureDefinition>(out var definition));
        Assert.Equal(di, definition.DefaultEncodingId.NamespaceIndex);
        Assert.Equal(di, definition.BaseDataType.NamespaceIndex);
        Assert.Contains(definition.Fields!, field => field.DataType.NamespaceIndex == di);
    }

    [Fact]
    public void A_model_that_is_not_carried_is_said_with_those_that_are()
    {
        var mistake = Assert.Throws<ArgumentException>(() => NodeSets.Load(new AddressSpace("urn:test:cell"), "urn:nothing"));

        Assert.Contains("urn:nothing", mistake.Message, StringComparison.Ordinal);
        Assert.Contains(NodeSets.Robotics, mistake.Message, StringComparison.Ordinal);
    }

    private static bool IsOf(AddressSpace space, UaNode node) =>
        space.Namespaces.Uris[node.Id.NamespaceIndex] is NodeSets.Robotics or NodeSets.Di or NodeSets.Ia or NodeSets.Core;

    /// <summary>Where tests/peers/opcua/install puts the package; it is not installed for this.</summary>
    private static string NodeSetFolder()
    {
        var pinned = new[] { "package.json", "package-lock.json" }.SelectMany(file => File.ReadAllBytes(Repository.PathOf("tests/peers/opcua", file)));
        var hash = Convert.ToHexStringLower(SHA256.HashData(pinned.ToArray()))[..12];
        var cache = Environment.GetEnvironmentVariable("EDGE_PEERS_CACHE")
            ?? Path.Combine(Environment.GetEnvironmentVariable("XDG_CACHE_HOME") ?? Path.Combine(Environment.GetEnvironmentVariable("HOME") ?? "/tmp", ".cache"), "industriefutur-edge");
        var folder = Path.Combine(cache, "opcua-" + hash, "node_modules/node-opcua-nodesets/nodesets");
        Assert.SkipUnless(Directory.Exists(folder), $"{folder} is missing: tests/peers/opcua/install brings the NodeSets that the table is held against.");
        return folder;
    }
}
