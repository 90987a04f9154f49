namespace IndustrieFutur.Edge.Tests.House;

/// <summary>Fails with every offence on a line of its own: xunit's own collections cut them off, and a guard that does not say where is no help.</summary>
internal static class Guard
{
    public static void FindsNone(IEnumerable<string> offences)
    {
        var found = offences.ToList();
        if (found.Count > 0)
        {
            Assert.Fail($"{found.Count} against the rules of the house:\n{string.Join("\n", found)}");
        }
    }
}
