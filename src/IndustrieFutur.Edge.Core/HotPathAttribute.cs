namespace IndustrieFutur.Edge.Core;

/// <summary>
/// Marks a type whose methods run on the way of every sample: they neither allocate, lock, wait, log nor throw.
/// A test reads the compiled code of each marked type and holds it to that.
/// </summary>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Struct | AttributeTargets.Interface, Inherited = false)]
public sealed class HotPathAttribute : Attribute;
