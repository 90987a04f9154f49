namespace IndustrieFutur.Edge.Cell.Tests.Servers;

/// <summary>Where the real servers of the tests run; EDGE_SERVERS says it.</summary>
internal enum ServerChoice
{
    /// <summary>In a container where an engine answers, else as a process, else the test is skipped: for a developer's machine.</summary>
    Auto,

    /// <summary>In a container; without an engine the test fails. For CI, where `Auto` would hide an engine that is badly set up.</summary>
    Container,

    /// <summary>As a process of this machine.</summary>
    Process,
}
