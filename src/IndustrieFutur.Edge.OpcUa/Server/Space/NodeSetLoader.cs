using IndustrieFutur.Edge.OpcUa.Types;

namespace IndustrieFutur.Edge.OpcUa.Server.Space;

/// <summary>Fills an address space from the table that IndustrieFutur.Edge.OpcUa.Generator writes; values stay encoded until they are read.</summary>
internal sealed class NodeSetLoader
{
    private static readonly NodeId HasSubtype = new(0, NodeIds.HasSubtype);

    private readonly AddressSpace _space;
    private readonly TableReader _reader;
    private readonly string[] _uris;
    private readonly string[] _texts;

    /// <summary>The server's index of each namespace of the table, as far as it is loaded.</summary>
    private readonly ushort[] _namespaces;

    private readonly Dictionary<UaNode, List<UaReference>> _references = [];

    public NodeSetLoader(AddressSpace space, byte[] table)
    {
        _space = space;
        _reader = new TableReader(table);
        if (!_reader.Take(4).Span.SequenceEqual("IFN1"u8))
        {
            throw new InvalidDataException("The table of OPC UA models in this program is of another form than its loader.");
        }

        _uris = _reader.Texts();
        _texts = _reader.Texts();
        _namespaces = new ushort[_uris.Length];
    }

    /// <summary>Models lie in the order of their URIs, each after those that it requires.</summary>
    public void Load(ReadOnlySpan<string> modelUris)
    {
        var starts = Starts();
        var wanted = new SortedSet<int> { 0 };
        foreach (var uri in modelUris)
        {
            var model = Array.IndexOf(_uris, uri);
            Want(model >= 0 ? model : throw new ArgumentException($"No model {uri} is carried; there are: {string.Join(", ", _uris)}."), starts, wanted);
        }

        foreach (var model in wanted)
        {
            _namespaces[model] = _space.Namespaces.Add(_uris[model]);
            OpenModel(starts[model]);
            LoadModel();
        }

        foreach (var (node, references) in _references)
        {
            node.SetReferences([.. node.References, .. references]);
        }
    }

    private int[] Starts()
    {
        var starts = new int[_uris.Length];
        for (var model = 0; model < starts.Length; model++)
        {
            var length = _reader.Number();
            starts[model] = _reader.Position;
            _reader.Position += length;
        }

        return starts;
    }

    private void Want(int model, int[] starts, SortedSet<int> wanted)
    {
        if (wanted.Add(model))
        {
            Array.ForEach(OpenModel(starts[model]), required => Want(required, starts, wanted));
        }
    }

    /// <summary>Reads up to the nodes; before them come the models that this one requires.</summary>
    private int[] OpenModel(int start)
    {
        _reader.Position = start;
        var required = new int[_reader.Number()];
        for (var index = 0; index < required.Length; index++)
        {
            required[index] = _reader.Number();
        }

        return required;
    }

    private void LoadModel()
    {
        var nodes = _reader.Number();
        for (var index = 0; index < nodes; index++)
        {
            var node = ReadNode();
            if (index == 0 && _space.Find(node.Id) is not null)
            {
                return;
            }

            _space.Add(node);
            _references[node] = [];
        }

        var references = _reader.Number();
        for (var index = 0; index < references; index++)
        {
            Join(_space.Get<UaNode>(Id()), Id(), _space.Get<UaNode>(Id()));
        }
    }

    private void Join(UaNode source, NodeId type, UaNode target)
    {
        ReferencesOf(source).Add(new UaReference(type, true, target));
        if (AddressSpace.HasInverse(type))
        {
            ReferencesOf(target).Add(new UaReference(type, false, source));
        }

        if (type == HasSubtype && target is UaType subtype)
        {
            subtype.Supertype = source as UaType;
        }
    }

    private List<UaReference> ReferencesOf(UaNode node)
    {
        if (!_references.TryGetValue(node, out var references))
        {
            references = [];
            _references[node] = references;
        }

        return references;
    }

    private UaNode ReadNode()
    {
        var nodeClass = _reader.Byte();
        var id = Id();
        var name = new QualifiedName(_namespaces[_reader.Number()], Text());
        var display = LocalizedText();
        var description = LocalizedText();
        return nodeClass switch
        {
            0 => new UaObject(id, name) { DisplayName = display, Description = description, EventNotifier = _reader.Byte() },
            1 => ReadVariable(id, name, display, description),
            2 => new UaMethod(id, name) { DisplayName = display, Description = description },
            3 => new UaObjectType(id, name) { DisplayName = display, Description = description, IsAbstract = _reader.Boolean() },
            4 => new UaVariableType(id, name)
            {
                DisplayName = display,
                Description = description,
                IsAbstract = _reader.Boolean(),
                DataType = Id(),
                ValueRank = Rank(),
                ArrayDimensions = Dimensions(),
            },
            5 => new UaReferenceType(id, name)
            {
                DisplayName = display,
                Description = description,
                IsAbstract = _reader.Boolean(),
                Symmetric = _reader.Boolean(),
                InverseName = LocalizedText(),
            },
            _ => new UaDataType(id, name)
            {
                DisplayName = display,
                Description = description,
                IsAbstract = _reader.Boolean(),
                Definition = Value() is { } definition ? definition.DecodeDefinition : null,
            },
        };
    }

    private UaVariable ReadVariable(NodeId id, QualifiedName name, LocalizedText display, LocalizedText description) => new(id, name)
    {
        DisplayName = display,
        Description = description,
        DataType = Id(),
        ValueRank = Rank(),
        ArrayDimensions = Dimensions(),
        AccessLevel = AccessLevelOf(id),
        Initial = Value() is { } value ? value.Decode : null,
    };

    /// <summary>What the core model calls writable (roles, diagnostics) is for a server that acts on it; ours does not, and lets nobody believe so.</summary>
    private byte AccessLevelOf(NodeId id) => (byte)(_reader.Byte() & (id.NamespaceIndex == 0 ? ~AccessLevels.CurrentWrite : 0xFF));

    private NodeSetValue? Value() =>
        _reader.Take(_reader.Number()) is { Length: > 0 } encoded ? new NodeSetValue(encoded, _namespaces) : null;

    private NodeId Id()
    {
        var space = _namespaces[_reader.Number()];
        return new NodeId(space, (uint)_reader.Number());
    }

    private int Rank() => (sbyte)_reader.Byte();

    private uint[]? Dimensions()
    {
        var dimensions = new uint[_reader.Number()];
        for (var index = 0; index < dimensions.Length; index++)
        {
            dimensions[index] = (uint)_reader.Number();
        }

        return dimensions.Length == 0 ? null : dimensions;
    }

    private LocalizedText LocalizedText()
    {
        var locale = Text();
        return new LocalizedText(locale, Text());
    }

    /// <summary>The place of a text in the list, counted from 1; 0 is null.</summary>
    private string? Text() => _reader.Number() is > 0 and var place ? _texts[place - 1] : null;
}
