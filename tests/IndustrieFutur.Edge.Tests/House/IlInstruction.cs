using System.Reflection;
using System.Reflection.Emit;

namespace IndustrieFutur.Edge.Tests.House;

/// <summary>One instruction of a compiled method, with the type, method or field it names, if it names one.</summary>
internal readonly record struct IlInstruction(OpCode Code, MemberInfo? Member);
