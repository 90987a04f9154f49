namespace IndustrieFutur.Edge.App.Configuration;

/// <summary>Where the sampling loop runs.</summary>
public enum SamplerMode
{
    /// <summary>In the service: a garbage collection holds the loop as long as it lasts.</summary>
    InProcess,

    /// <summary>With the links that allocate nothing in a process of its own, which a crash of the service does not stop.</summary>
    Isolated,

    /// <summary>The same, but somebody else starts that process: systemd, which ends whatever a service has started when the service ends.</summary>
    External,
}
