namespace IndustrieFutur.Edge.App.Configuration.Binding;

/// <summary>What an integrator writes for an option: decides how it is read and what the JSON Schema says of it.</summary>
internal enum OptionShape
{
    Text,
    Whole,
    Number,
    Switch,
    Duration,
    Choice,
    Secret,
    List,
    Map,
    Object,
}
