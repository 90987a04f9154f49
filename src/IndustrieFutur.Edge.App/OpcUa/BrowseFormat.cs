namespace IndustrieFutur.Edge.App.OpcUa;

/// <summary>As what the browsed nodes are printed.</summary>
internal enum BrowseFormat
{
    Tree,
    Csv,
    Json,
    Configuration,
}
