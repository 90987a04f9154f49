namespace IndustrieFutur.Edge.Protocols;

/// <summary>
/// Marks a type whose methods run on the way of every sample, as Core's attribute of the same name does (this project references nothing
/// of ours): a test that reads the compiled code finds it by its name.
/// </summary>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Struct, Inherited = false)]
internal sealed class HotPathAttribute : Attribute;
