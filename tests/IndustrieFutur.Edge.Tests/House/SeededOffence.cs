namespace IndustrieFutur.Edge.Tests.House;

/// <summary>One thing that no hot type may do, done on purpose: what the guard that reads the code is to say, and whether the one that counts bytes is to see it.</summary>
/// <param name="Type">The type that does it, in its method Run.</param>
/// <param name="Said">A part of what <see cref="HotPathRules"/> says of it.</param>
/// <param name="Allocates">Bytes are used each time it is done.</param>
internal sealed record SeededOffence(Type Type, string Said, bool Allocates)
{
    public static readonly IReadOnlyList<SeededOffence> All =
    [
        new(typeof(SeededOffences.BoxesAnInteger), "Run: box Int32", true),
        new(typeof(SeededOffences.BoxesAsInterface), "Run: box Int32", true),
        new(typeof(SeededOffences.CapturesInAClosure), "Run: newobj <>c__DisplayClass", true),
        new(typeof(SeededOffences.MakesADelegate), "Run: ldvirtftn ToString", true),
        new(typeof(SeededOffences.PassesParams), "Run: newarr Int32", true),
        new(typeof(SeededOffences.Interpolates), "Run: call DefaultInterpolatedStringHandler", true),
        new(typeof(SeededOffences.Concatenates), "Run: call String.Concat", true),
        new(typeof(SeededOffences.UsesLinq), "Run: call Enumerable.", true),
        new(typeof(SeededOffences.IsAsync), "AsyncTaskMethodBuilder", true),
        new(typeof(SeededOffences.WalksAnInterface), "Run: callvirt IEnumerable`1.GetEnumerator", true),
        new(typeof(SeededOffences.Iterates), "Numbers: newobj <Numbers>", true),
        new(typeof(SeededOffences.MakesAnObject), "Run: newobj Object", true),
        new(typeof(SeededOffences.MakesAnArray), "Run: newarr Byte", true),
        new(typeof(SeededOffences.GrowsAList), "Run: callvirt List`1.Add", true),
        new(typeof(SeededOffences.CallsAVirtualThatAllocates), "Run: callvirt Maker.Make", true),
        new(typeof(SeededOffences.CallsAnInterfaceThatAllocates), "Run: callvirt IMaker.Make", true),
        new(typeof(SeededOffences.CallsAHelperThatAllocates), "Run: call Helper.Make", true),
        new(typeof(SeededOffences.CallsAStructThatAllocates), "AllocatingStruct.Make: newarr Byte", true),
        new(typeof(SeededOffences.Locks), "Run: callvirt Lock.EnterScope", false),
        new(typeof(SeededOffences.LocksAnObject), "Run: call Monitor.Enter", false),
        new(typeof(SeededOffences.Sleeps), "Run: call Thread.Sleep", false),
        new(typeof(SeededOffences.ReadsTheWallClock), "Run: call DateTime.get_UtcNow", false),
        new(typeof(SeededOffences.Throws), "Run: throw", false),
        new(typeof(SeededOffences.Waits), "Run: callvirt ManualResetEventSlim.Wait", false),
        new(typeof(SeededOffences.Signals), "Run: callvirt ManualResetEventSlim.Set", false),
        new(typeof(SeededOffences.LooksUpByName), "Run: callvirt Dictionary`2.TryGetValue", false),
        new(typeof(SeededOffences.WritesToTheConsole), "Run: call Console.get_Out", false),
        new(typeof(SeededOffences.CallsByAddress), "Run: calli", false),
    ];
}
