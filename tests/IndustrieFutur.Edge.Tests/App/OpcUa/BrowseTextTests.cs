using IndustrieFutur.Edge.App.OpcUa;

namespace IndustrieFutur.Edge.Tests.App.OpcUa;

/// <summary>What a server's nodes look like on paper.</summary>
public sealed class BrowseTextTests
{
    private static readonly BrowsedNode Folder = new() { Depth = 0, Path = "Cell", Name = "Cell", NodeClass = "Object", Id = "nsu=urn:x;s=Cell", TypeDefinition = "FolderType" };

    private static readonly BrowsedNode Value = new()
    {
        Depth = 1,
        Path = "Cell/Text",
        Name = "Text",
        NodeClass = "Variable",
        Id = "nsu=urn:x;s=Text",
        TypeDefinition = "BaseDataVariableType",
        DataType = "String",
        SignalType = "string",
        Value = "=1+\"2\", three",
        Unit = "mm",
    };

    [Fact]
    public void A_tree_shows_type_value_unit_and_node()
    {
        var text = new StringWriter();

        BrowseText.WriteTree([Folder, Value], text);

        Assert.Equal(
            ["Cell (FolderType)  [nsu=urn:x;s=Cell]", "  Text : String = =1+\"2\", three mm  [nsu=urn:x;s=Text]"],
            text.ToString().Split(Environment.NewLine, StringSplitOptions.RemoveEmptyEntries));
    }

    [Fact]
    public void A_table_quotes_what_must_be_and_defuses_formulas()
    {
        var text = new StringWriter();

        BrowseText.WriteCsv([Value], text);

        Assert.Equal(
            "Cell/Text,Variable,BaseDataVariableType,nsu=urn:x;s=Text,String,\"'=1+\"\"2\"\", three\",Good,mm,string,,",
            text.ToString().Split(Environment.NewLine)[1]);
    }

    [Fact]
    public void A_negative_number_stays_a_number()
    {
        var text = new StringWriter();

        BrowseText.WriteCsv([Value with { Value = "-1.5" }], text);

        Assert.Contains(",-1.5,", text.ToString(), StringComparison.Ordinal);
    }
}
